/*
 * Lengths in the remark of a title: "laundry (2 loads, ~1h30)", "record vox (2 hrs, quiet!)". They
 * are used, and the remark stays in the title.
 */
#include "plan/text/plan_text.h"
#include "plan/words/text_attr.h"

static int has_length(const msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->run->count; i++)
        if (in->run->items[i].attr.kind == MSCHED__ATTR_DURATION ||
            in->run->items[i].attr.kind == MSCHED__ATTR_RANGE)
            return 1;
    return 0;
}

/* A length of the words [at, at + count), as the next item of the run. 0: no match. */
static int push_length(msched__text_reader *in, uint32_t at, uint32_t count, msched__slice text,
                       uint32_t needed)
{
    msched__placed_attr *item = &in->run->items[in->run->count];
    if (text.size > 0 && text.data[0] == '~')
        text = (msched__slice){text.data + 1, text.size - 1};
    if (!msched__digit_at(text, 0) || !msched__attr_match(text, MSCHED__PLACE_TRAIL, &item->attr) ||
        item->attr.kind != MSCHED__ATTR_DURATION || (item->attr.doubt & needed) != needed ||
        (item->attr.doubt & MSCHED__UNITLESS) != 0)
        return 0;
    item->first = at;
    item->count = count;
    item->keep = 1;
    in->run->count++;
    return 1;
}

/* "(2 hrs, quiet!)": the words of the length; *told: it describes the next word, "(20 min ride)" */
static uint32_t take_first(msched__text_reader *in, uint32_t at, uint32_t end, int *told)
{
    for (uint32_t n = 1; n < 4 && at + n <= end; n++) {
        msched__slice text = msched__text_words(in, at, at + n - 1);
        const char last = text.data[text.size - 1];
        if (text.size < 2 || last == ')' || at + n == end)
            return 0;
        text = (msched__slice){text.data + 1, text.size - 1 - (last == ',' || last == ';')};
        const uint32_t count = in->run->count;
        if (!push_length(in, at, n, text, 0))
            continue;
        if (last == ',' || last == ';')
            return n;
        in->run->count = count;
        const msched__slice next = in->words[at + n];
        *told = msched__letter_at(next, 0) && next.data[next.size - 1] == ')' &&
                !msched__word_among((msched__slice){next.data, next.size - 1},
                                    " walk away drive from by ");
        return *told ? n : 0;
    }
    return 0;
}

uint32_t msched__text_bracket_length(msched__text_reader *in, uint32_t at, uint32_t end, int *told)
{
    msched__slice word = in->words[at];
    *told = 0;
    if (word.size < 2 || has_length(in))
        return 0;
    if (word.data[0] == '(')
        return take_first(in, at, end, told);
    if (word.size < 3 || word.data[word.size - 1] != ')')
        return 0;
    word.size--;
    return (uint32_t)push_length(in, at, 1, word, MSCHED__COMPACT);
}
