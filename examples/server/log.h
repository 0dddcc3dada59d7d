/*
 * log.h: one JSON object a line on standard output. Nothing that a client typed is ever in it:
 * routes are named by their pattern, and messages are the server's own. Lines are gathered and
 * written in large pieces.
 */
#ifndef SERVER_LOG_H
#define SERVER_LOG_H

#include <stdint.h>

/* Begin; `mode` is enum log_mode. */
void log_start(uint32_t mode);
/* One request. */
void log_request(const char *request_id, const char *method, const char *route, int status,
                 uint64_t bytes, uint64_t duration_us, const char *client);
/* Something about the server itself, "info" or "error"; `detail` may be NULL. Written at once. */
void log_event(const char *level, const char *event, const char *detail);
/* Write what is gathered. */
void log_flush(void);

#endif
