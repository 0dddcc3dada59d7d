/* plan/words/text_order_words.h: "after lunch" at the end of a title: an order, and its name. */
#ifndef MSCHED_PLAN_WORDS_TEXT_ORDER_WORDS_H
#define MSCHED_PLAN_WORDS_TEXT_ORDER_WORDS_H

#include "plan/words/text_scan.h"

#define MSCHED__ORDERS_MAX 2

enum msched__order_relation {
    MSCHED__ORDER_AFTER,
    MSCHED__ORDER_BEFORE,
    MSCHED__ORDER_BETWEEN,
    MSCHED__ORDER_DURING
};

/*
 * A CLEAR word is reported if no to-do has the name, a QUIET one is not. A PLAIN one has other
 * meanings ("nach Hause", "voor Anna"), so the name must be a whole title.
 */
enum msched__order_manner { MSCHED__ORDER_CLEAR, MSCHED__ORDER_QUIET, MSCHED__ORDER_PLAIN };

typedef struct msched__order {
    size_t at; /* of the space before its words */
    enum msched__order_relation relation;
    enum msched__order_manner manner;
    msched__slice name;
} msched__order;

/*
 * The orders that end a title: "after lunch", "between lunch and dinner", "after lunch and before
 * dinner". Returns their number.
 */
uint32_t msched__title_orders(const char *title, msched__order out[MSCHED__ORDERS_MAX]);

/* "after lunch walk": the order at the start of a title, whose name begins the rest. 0: none. */
int msched__title_lead(const char *title, msched__order *out);
/* The offset of "afterwards" or the like that ends a title; 0: none. */
size_t msched__then_end(const char *title);
/* A name without "is over", as in "once the meeting is over". */
msched__slice msched__order_without_end(msched__slice name);
/*
 * The name that another word stands for: "lunch" for "lunchtime", "praca" for "pracy", as Polish
 * inflects it. Empty: none.
 */
msched__slice msched__order_base_form(msched__slice name);

#endif
