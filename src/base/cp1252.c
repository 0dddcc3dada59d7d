#include "base/cp1252.h"

#include "base/utf8.h"

size_t msched__cp1252_put(char out[4], char byte)
{
    static const uint16_t upper[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    const unsigned char code = (unsigned char)byte;
    return msched__utf8_put(out, code >= 0x80 && code < 0xA0 ? upper[code - 0x80] : code);
}

void msched__cp1252_add(msched__buffer *out, msched__slice bytes)
{
    for (size_t i = 0; i < bytes.size; i++) {
        char character[4];
        msched__buffer_add(out, character, msched__cp1252_put(character, bytes.data[i]));
    }
}
