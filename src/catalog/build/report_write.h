/* catalog/build/report_write.h: a report as JSON, and as text for people. */
#ifndef MSCHED_CATALOG_BUILD_REPORT_WRITE_H
#define MSCHED_CATALOG_BUILD_REPORT_WRITE_H

#include "catalog/build/report.h"

/* Both forms. Failures are those of the buffer. */
void msched__report_write_json(const msched__report *report, msched__buffer *out);
void msched__report_write_text(const msched__report *report, msched__buffer *out);

#endif
