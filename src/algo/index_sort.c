/*
 * Insertion sort for few items, otherwise heapsort: there is no allocation that could fail, and no
 * slow input. Equal keys are ordered by number, so both methods give the same order.
 */
#include "algo/index_sort.h"

#define INSERTION_MAX 24
#define DIGIT_BITS    11
#define DIGITS        ((size_t)1 << DIGIT_BITS)

static int before(const msched__keyed *a, const msched__keyed *b)
{
    return a->key != b->key ? a->key < b->key : a->index < b->index;
}

static void insertion_sort(msched__keyed *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        msched__keyed item = items[i];
        size_t k = i;
        for (; k > 0 && before(&item, &items[k - 1]); k--)
            items[k] = items[k - 1];
        items[k] = item;
    }
}

static void sift_down(msched__keyed *items, size_t root, size_t count)
{
    msched__keyed item = items[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && before(&items[child], &items[child + 1]))
            child++;
        if (!before(&item, &items[child]))
            break;
        items[root] = items[child];
    }
    items[root] = item;
}

void msched__key_sort(msched__keyed *items, size_t count)
{
    if (count <= INSERTION_MAX) {
        insertion_sort(items, count);
        return;
    }
    for (size_t root = count / 2; root-- > 0;)
        sift_down(items, root, count);
    for (size_t end = count - 1; end > 0; end--) {
        msched__keyed last = items[end];
        items[end] = items[0];
        items[0] = last;
        sift_down(items, 0, end);
    }
}

/* By the digit at `shift`, in the order of `from` where it is equal. */
static void sort_by_digit(msched__keyed *to, const msched__keyed *from, size_t count,
                          unsigned shift)
{
    uint32_t places[DIGITS] = {0};
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++)
        places[from[i].key >> shift & (DIGITS - 1)]++;
    for (size_t digit = 0; digit < DIGITS; digit++) {
        const uint32_t here = places[digit];
        places[digit] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        to[places[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

msched__keyed *msched__key_radix_sort(msched__keyed *items, msched__keyed *spare, size_t count)
{
    uint64_t differing = 0;
    for (size_t i = 1; i < count; i++)
        differing |= items[i].key ^ items[0].key;
    for (unsigned shift = 0; shift < 64 && differing >> shift != 0; shift += DIGIT_BITS) {
        sort_by_digit(spare, items, count, shift);
        msched__keyed *sorted = spare;
        spare = items;
        items = sorted;
    }
    return items;
}
