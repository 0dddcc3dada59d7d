#include "catalog/build/left_out.h"

#include "base/alloc.h"
#include "catalog/build/builder_data.h"

#include <string.h>

/* The bytes after the message too, because saved catalogs contain all of them. */
static void keep_reason(msched_error *kept, const msched_error *reason)
{
    const size_t size = strlen(reason->message);
    *kept = *reason;
    memset(kept->message + size, 0, sizeof kept->message - size);
}

msched_result msched__builder_leave_out(msched_catalog_builder *builder, msched_error *reason)
{
    msched__file_report *file = builder->report.last_file;
    if (builder->reason_count < builder->options.max_skip_reasons) {
        if (!msched__grow(&builder->allocator, (void **)&builder->reasons,
                          &builder->reason_capacity, builder->reason_count + 1,
                          sizeof *builder->reasons))
            return msched__fail_memory(reason);
        if (file != NULL && file->reasons++ == 0)
            file->first_reason = builder->reason_count;
        keep_reason(&builder->reasons[builder->reason_count++], reason);
    }
    if (file != NULL && file->bad_rows + file->lost_rows == 0)
        file->first_left_out = *reason;
    builder->rows_skipped++;
    return MSCHED_OK;
}

msched_result msched__builder_lose(msched_catalog_builder *builder, msched_error *reason)
{
    msched_result result = msched__builder_leave_out(builder, reason);
    builder->report.last_file->lost_rows++;
    return result;
}

msched_result msched__builder_refuse(msched_catalog_builder *builder, msched_error *reason)
{
    if (builder->options.strict && !builder->options.skip_bad_rows)
        return reason->code;
    msched_result result = msched__builder_leave_out(builder, reason);
    if (builder->report.last_file != NULL)
        builder->report.last_file->bad_rows++;
    return result;
}

msched_result msched__builder_check_losses(const msched_catalog_builder *builder,
                                           const char *source, msched_error *err)
{
    const msched__file_report *file = builder->report.last_file;
    const uint64_t lost = file->lost_rows + file->bad_rows, rows = lost + file->rows;
    const msched_error *first = &file->first_left_out;
    if (lost <= file->rows || builder->options.skip_bad_rows)
        return MSCHED_OK;
    if (err == NULL)
        return first->code;
    if (rows == 1) {
        *err = *first;
        return first->code;
    }
    const char *mend = file->rows == 0 ? ""
                       : file->lost_rows > file->bad_rows
                           ? " (name the columns, or set skip_bad_rows to load the rest)"
                           : " (set skip_bad_rows to load the rest)";
    const char *what = msched__without_place(first, source);
    return msched__fail_at(err, first->code, first->line, first->column,
                           "%.*s%llu of %llu rows cannot be read%s; the first: %s",
                           (int)(what - first->message), first->message, (unsigned long long)lost,
                           (unsigned long long)rows, mend, what);
}
