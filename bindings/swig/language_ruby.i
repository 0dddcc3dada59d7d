/*
 * language_ruby.i: errors are Musicsched::Error with code, line and column; whole numbers are
 * Integers of any size that are refused where they do not fit; texts are in UTF-8 both ways;
 * columns are Arrays with nil where there is no value.
 */
%header %{
#include <math.h>
#include <ruby/encoding.h>
#include <ruby/thread.h>
#include <string.h>

typedef struct call {
    msched_error error;
    int asked;     /* another thread, or a signal, wants this one's attention; atomic */
    /* what an interrupt (Ctrl-C, Thread#raise, Thread#kill) left to go on with; 0: none came */
    int interrupt;
} call;

typedef struct job {
    void (*work)(void *);
    void *argument;
    int done;
} job;

static VALUE check_interrupts(VALUE unused)
{
    rb_thread_check_ints();
    return unused;
}

/*
 * An interrupt must not jump out of the middle of the library, so it is caught here and goes on in
 * end_call.
 */
static void *catch_interrupt(void *argument)
{
    rb_protect(check_interrupts, Qnil, &((call *)argument)->interrupt);
    return NULL;
}

/*
 * Without Ruby's lock, which is taken only where something came: a signal may have a handler that
 * lets the work go on.
 */
int32_t msched_swig_cancel(void *ctx)
{
    call *self = ctx;
    if (self->interrupt == 0 && __atomic_exchange_n(&self->asked, 0, __ATOMIC_SEQ_CST))
        rb_thread_call_with_gvl(catch_interrupt, self);
    return self->interrupt != 0;
}

static void ask(void *argument)
{
    __atomic_store_n(&((call *)argument)->asked, 1, __ATOMIC_SEQ_CST);
}

static void *run_job(void *argument)
{
    job *self = argument;
    self->work(self->argument);
    self->done = 1;
    return NULL;
}

void msched_swig_run(void (*work)(void *), void *argument, msched_error *err)
{
    job self = {work, argument, 0};
    call *calling = (call *)err;
    while (!self.done && calling->interrupt == 0) {
        /* Does not begin where an interrupt waits already. */
        rb_thread_call_without_gvl2(run_job, &self, ask, calling);
        if (!self.done)
            catch_interrupt(calling);
    }
    if (!self.done)
        *err = (msched_error){.code = MSCHED_ERROR_CANCELLED, .message = "cancelled"};
}

static VALUE utf8(const char *text)
{
    return text == NULL ? Qnil : rb_enc_str_new_cstr(text, rb_utf8_encoding());
}

/* Does not return where there was an error or an interrupt. */
static void end_call(const call *self)
{
    if (self->interrupt != 0)
        rb_jump_tag(self->interrupt);
    if (self->error.code == MSCHED_OK)
        return;
    VALUE arguments[] = {utf8(self->error.message), utf8(msched_result_name(self->error.code)),
        ULL2NUM(self->error.line),
                         UINT2NUM(self->error.column)};
    rb_exc_raise(rb_class_new_instance(4, arguments, rb_path2class("Musicsched::Error")));
}

/* Floats are refused too: their fraction would be dropped. */
static VALUE whole_number(VALUE value, const char *name)
{
    if (!RB_INTEGER_TYPE_P(value))
        rb_raise(rb_eTypeError, "%s: a whole number is needed", name);
    return value;
}

/*
 * The text in UTF-8; whoever calls keeps the result alive. Binary text goes through as it is, for
 * the library to judge.
 */
static VALUE to_utf8(VALUE text, const char *name)
{
    if (NIL_P(rb_check_string_type(text)))
        rb_raise(rb_eTypeError, "%s: a String is needed", name);
    StringValue(text);
    return rb_enc_get(text) == rb_ascii8bit_encoding() ? text
        : rb_str_export_to_enc(text, rb_utf8_encoding());
}

static VALUE from_numbers(number_list list)
{
    VALUE array = rb_ary_new_capa(list.count);
    for (uint32_t i = 0; i < list.count; i++) {
        double value = list.values[i];
        rb_ary_push(array, isnan(value) ? Qnil : list.whole ? LL2NUM((long long)value)
            : DBL2NUM(value));
    }
    return array;
}

static VALUE from_texts(text_list list)
{
    VALUE array = rb_ary_new_capa(list.count);
    for (uint32_t i = 0; i < list.count; i++)
        rb_ary_push(array, utf8(list.values[i]));
    return array;
}
%}

%typemap(in, numinputs=0) msched_error *err (call calling) {
    memset(&calling, 0, sizeof calling);
    $1 = &calling.error;
}
%typemap(argout) msched_error *err {
    end_call((const call *)$1);
}

/* NUM2LL and NUM2INT raise a RangeError where the number does not fit. */
%typemap(in) int64_t {
    $1 = NUM2LL(whole_number($input, "$1_name"));
}
%typemap(in) int {
    $1 = NUM2INT(whole_number($input, "$1_name"));
}
%typemap(out) int64_t "$result = LL2NUM($1);"
%typemap(out) int "$result = INT2NUM($1);"

%typemap(in) const char * (volatile VALUE kept = Qnil) {
    $1 = NULL;
    if (!NIL_P($input)) {
        VALUE text = to_utf8($input, "$1_name");
        /* its own, for other threads may change the text */
        kept = rb_str_new_cstr(StringValueCStr(text));
        $1 = RSTRING_PTR(kept);
    }
}
%typemap(in) (const char *text, size_t size) (volatile VALUE kept = Qnil) {
    kept = rb_str_new_frozen(to_utf8($input, "$1_name")); /* other threads may change the text */
    $1 = RSTRING_PTR(kept);
    $2 = RSTRING_LEN(kept);
}
%typemap(freearg) const char *, (const char *text, size_t size) "RB_GC_GUARD(kept$argnum);"
%typemap(out) const char *, char * "$result = utf8($1);"
%typemap(newfree) char * "free($1);"
%typemap(out) number_list "$result = from_numbers($1);"
%typemap(out) text_list "$result = from_texts($1);"

%inline %{
/* The collector sees a few bytes where a catalog holds megabytes: it is told. */
void tell_collector(int64_t bytes)
{
    rb_gc_adjust_memory_usage((ssize_t)bytes);
}
%}
