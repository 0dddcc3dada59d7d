/*
 * The pieces of a task become as long as they can be, and the last of those after them ends as
 * early as possible.
 */
#include "../../algo/random.h"
#include "../../testing.h"
#include "schedule/tasks/tasks_extend.h"

#include "algo/min_max.h"

#include <string.h>

#define DAYS   5000
#define PIECES 5
#define REST   6

/* A task in three pieces, with others between them. */
static const uint32_t order[PIECES] = {0, 1, 0, 2, 0};

typedef struct day {
    msched__task tasks[3];
    msched__interval windows[3];
    int32_t latest[3], length[PIECES];
} day;

/* Place the pieces, some of them longer, as early as possible. The last end; -1 if one is late. */
static int32_t place(const day *d, const int32_t *by, msched__piece *out)
{
    int32_t end = 0;
    for (uint32_t k = 0; k < PIECES; k++) {
        uint32_t i = order[k];
        int32_t gap = k == 0 ? 0 : msched__tasks_gap(&d->tasks[order[k - 1]], &d->tasks[i]),
                start = larger(d->windows[i].start, end + gap);
        end = start + d->length[k] + by[k];
        if (end > smaller(d->windows[i].end, d->latest[i]))
            return -1;
        if (out != NULL)
            out[k] = (msched__piece){i, start, end};
    }
    return end;
}

static void make_day(day *d)
{
    memset(d, 0, sizeof *d);
    for (uint32_t i = 0; i < 3; i++) {
        d->windows[i] = (msched__interval){pick(0, 8), pick(14, 30)};
        d->latest[i] = pick(14, 30);
        d->tasks[i].windows = &d->windows[i];
        d->tasks[i].window_count = 1;
        d->tasks[i].after = pick(0, 2);
        d->tasks[i].before = pick(0, 2);
    }
    for (uint32_t k = 0; k < PIECES; k++)
        d->length[k] = pick(1, 3);
}

/* The earliest end with pieces that are `rest` seconds longer; -1: not possible. */
static int32_t earliest_end(const day *d, int32_t rest)
{
    int32_t best = -1;
    for (int32_t x = 0; x <= rest; x++)
        for (int32_t y = 0; x + y <= rest; y++) {
            int32_t by[PIECES] = {x, 0, y, 0, rest - x - y}, end = place(d, by, NULL);
            if (end >= 0 && (best < 0 || end < best))
                best = end;
        }
    return best;
}

static void pieces_get_as_long_as_possible(void **state)
{
    static const int32_t none[PIECES];
    uint32_t longer = 0;
    (void)state;
    random_state = 1;
    for (int n = 0; n < DAYS; n++) {
        day d;
        msched__piece pieces[PIECES];
        int32_t slack[PIECES], most = REST;
        make_day(&d);
        if (place(&d, none, pieces) < 0)
            continue;
        while (earliest_end(&d, most) < 0)
            most--;
        msched__extender e = {d.tasks, NULL, d.latest, pieces, slack, PIECES};
        assert_int_equal(msched__extend(&e, 0, REST), REST - most);
        assert_int_equal(pieces[PIECES - 1].end, earliest_end(&d, most));
        longer += most > 0;
    }
    assert_true(longer > DAYS / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_get_as_long_as_possible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
