/* Objects read with the memory of the object before, against reading each member by member. */
#include "../algo/random.h"
#include "../testing.h"

#include "format/json_repeat.h"

#include <stdio.h>

#define MOST 64

typedef struct seen {
    uint8_t role;
    msched__slice value;
} seen;

static uint8_t role_of(msched__slice key)
{
    return key.size != 2 || key.data[0] == 'x' ? 0
           : key.data[0] == 'e'                ? MSCHED__REPEAT_UNLESS_NULL
                                               : (uint8_t)(1 + key.data[1] - '0');
}

static int has_effect(const seen *one)
{
    return one->role != 0 && (one->role != MSCHED__REPEAT_UNLESS_NULL || one->value.size != 4 ||
                              memcmp(one->value.data, "null", 4) != 0);
}

static size_t put_text(char *to, const char *text)
{
    memcpy(to, text, strlen(text));
    return strlen(text);
}

static size_t put_value(char *to)
{
    static const char *const values[] = {
        "null", "true",       "false",           "0",       "12", "123", "\"\"", "\"a\"",
        "[1]",  "\"a, b\\\"", "{\"x1\": \"}\"}", "\"\\\\\""};
    size_t which = (size_t)pick(0, 11);
    return put_text(to, which == 9 ? "\"a, b\\\"\"" : values[which]);
}

/* An object of the members in `keys`, some of which are left out. */
static size_t put_object(char *to, char (*keys)[3], size_t key_count, const char *blank)
{
    size_t size = put_text(to, "{");
    int is_first = 1;
    for (size_t i = 0; i < key_count; i++) {
        if (pick(0, 20) == 0)
            continue;
        size += put_text(to + size, is_first ? "" : ",");
        size += put_text(to + size, blank);
        size += (size_t)sprintf(to + size, "\"%s\":%s", keys[i], pick(0, 30) == 0 ? "\t" : blank);
        size += put_value(to + size);
        is_first = 0;
    }
    size += put_text(to + size, blank);
    return size + put_text(to + size, "}");
}

static size_t put_array(char *to)
{
    char keys[MOST][3];
    const size_t key_count = (size_t)pick(0, pick(0, 3) == 0 ? 60 : 8);
    const char *blank = pick(0, 1) ? " " : "\n  ";
    size_t size = put_text(to, "[");
    for (size_t i = 0; i < key_count; i++)
        snprintf(keys[i], sizeof keys[i], "%c%d", "xxrre"[pick(0, 4)], pick(0, 7));
    for (int i = 0, count = pick(0, 30); i < count; i++) {
        size += put_text(to + size, i == 0 ? "" : ",");
        size += put_object(to + size, keys, key_count, blank);
    }
    return size + put_text(to + size, "]");
}

static size_t read_plainly(msched__json_scan *scan, seen *all)
{
    msched__scan_value value;
    msched__slice key;
    size_t count = 0;
    for (int first = 1; msched__scan_member(scan, first, &key, &value); first = 0) {
        all[count] = (seen){role_of(key), value.bytes};
        count += (size_t)has_effect(&all[count]);
    }
    return count;
}

static void compare_object(msched__json_repeat *repeat, msched__json_scan *scan,
                           msched__json_scan *plain)
{
    seen all[MOST + 1];
    msched__scan_value value;
    uint8_t role;
    size_t next = 0;
    assert_true(msched__repeat_object(repeat, scan) && msched__scan_object(plain));
    const size_t count = read_plainly(plain, all);
    while (msched__repeat_member(repeat, scan, &role, &value)) {
        const seen got = {role, value.bytes};
        if (!has_effect(&got))
            continue;
        assert_true(next < count);
        assert_int_equal(role, all[next].role);
        assert_ptr_equal(value.bytes.data, all[next].value.data);
        assert_int_equal(value.bytes.size, all[next].value.size);
        next++;
    }
    assert_int_equal(next, count);
    assert_ptr_equal(scan->at, plain->at);
    assert_ptr_equal(scan->fault, plain->fault);
}

static void members_are_those_of_each_object(void **state)
{
    (void)state;
    static char text[1 << 17];
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        random_state = seed;
        size_t size = put_array(text);
        size -= pick(0, 3) == 0 ? (size_t)pick(0, (int32_t)size - 1) : 0;
        msched__json_repeat repeat = {.role_of = role_of};
        msched__json_scan scan = {text, text + size, NULL}, plain = scan;
        assert_true(msched__scan_array(&scan) && msched__scan_array(&plain));
        for (int first = 1; msched__scan_item(&scan, first); first = 0) {
            assert_true(msched__scan_item(&plain, first));
            if (plain.at == plain.end)
                break;
            compare_object(&repeat, &scan, &plain);
            if (scan.fault != NULL)
                break;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(members_are_those_of_each_object)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
