/* query/lookup/search_index.c: build the search index. */
#include "query/lookup/search_index.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "catalog/catalog_check.h"
#include "query/lookup/search_read.h"
#include "query/lookup/search_saved.h"
#include "query/sort_ids.h"

#include <string.h>

/* Words and their docs while they are collected. */
typedef struct collector {
    msched__search *search;
    const msched_allocator *allocator;
    char *pool; /* words, each ended by a NUL */
    size_t pool_size, pool_room;
    uint32_t *words; /* offset of each word in the pool */
    size_t words_room;
    uint32_t *slots; /* open addressing: word number or MSCHED__NONE */
    uint32_t slot_count, word_count;
    uint32_t *tokens; /* pairs of word number and posting */
    size_t tokens_room, token_count;
} collector;

static int room(const collector *c, void *block_of, size_t *capacity, size_t need, size_t item_size)
{
    void *block;
    memcpy(&block, block_of, sizeof block); /* block_of points at a pointer of some type */
    int done = msched__grow(c->allocator, &block, capacity, need, item_size);
    memcpy(block_of, &block, sizeof block);
    return done;
}

static int grow_slots(collector *c)
{
    uint32_t count = c->slot_count == 0 ? 4096 : c->slot_count * 2;
    uint32_t *slots = msched__alloc_array(c->allocator, count, sizeof *slots);
    if (slots == NULL)
        return 0;
    memset(slots, 0xFF, count * sizeof *slots);
    for (uint32_t w = 0; w < c->word_count; w++) {
        const char *word = c->pool + c->words[w];
        uint32_t at = (uint32_t)msched__hash(word, strlen(word)) & (count - 1);
        while (slots[at] != MSCHED__NONE)
            at = (at + 1) & (count - 1);
        slots[at] = w;
    }
    msched__free(c->allocator, c->slots);
    c->slots = slots;
    c->slot_count = count;
    return 1;
}

/* Number of a word, which is added if it is new; MSCHED__NONE when out of memory. */
static uint32_t intern_word(collector *c, const char *word, size_t length)
{
    if (c->word_count >= c->slot_count / 2 && !grow_slots(c))
        return MSCHED__NONE;
    uint32_t at = (uint32_t)msched__hash(word, length) & (c->slot_count - 1);
    for (; c->slots[at] != MSCHED__NONE; at = (at + 1) & (c->slot_count - 1))
        if (strcmp(c->pool + c->words[c->slots[at]], word) == 0)
            return c->slots[at];
    if (c->pool_size + length + 1 > UINT32_MAX ||
        !room(c, &c->pool, &c->pool_room, c->pool_size + length + 1, 1) ||
        !room(c, &c->words, &c->words_room, (size_t)c->word_count + 1, sizeof *c->words))
        return MSCHED__NONE;
    c->words[c->word_count] = (uint32_t)c->pool_size;
    memcpy(c->pool + c->pool_size, word, length + 1);
    c->pool_size += length + 1;
    c->slots[at] = c->word_count;
    return c->word_count++;
}

/*
 * Add one word of a doc whose tokens begin at `first`; a word in title and artist becomes one token
 * with both flags.
 */
static int add_token(collector *c, size_t first, uint32_t word, uint32_t doc, uint32_t flag)
{
    for (size_t t = first; t < c->token_count; t++)
        if (c->tokens[2 * t] == word) {
            c->tokens[2 * t + 1] |= flag;
            return 1;
        }
    if (!room(c, &c->tokens, &c->tokens_room, 2 * (c->token_count + 1), sizeof *c->tokens))
        return 0;
    c->tokens[2 * c->token_count] = word;
    c->tokens[2 * c->token_count++ + 1] = doc << 2 | flag;
    return 1;
}

/* Add the words of a text; signs such as "-" only if it has no other words. */
static int add_words(collector *c, size_t first, const char *text, uint32_t doc, uint32_t flag)
{
    msched__words words;
    for (int symbols = 0; symbols < 2; symbols++) {
        int added = 0;
        msched__words_start(&words, text, strlen(text));
        while (msched__words_next(&words)) {
            if (words.symbol != symbols || words.length == 0)
                continue;
            uint32_t word = intern_word(c, words.word, words.length);
            if (word == MSCHED__NONE || !add_token(c, first, word, doc, flag))
                return 0;
            added = 1;
        }
        if (added)
            break;
    }
    return 1;
}

static int add_doc_words(collector *c, uint32_t doc)
{
    msched__search *search = c->search;
    size_t first = c->token_count;
    if (!add_words(c, first, msched__search_title(search, doc), doc, MSCHED__IN_TITLE) ||
        !add_words(c, first, msched__search_artist(search, doc), doc, MSCHED__IN_ARTIST))
        return 0;
    for (size_t t = first; t < c->token_count; t++) {
        uint32_t flags = c->tokens[2 * t + 1];
        search->title_words[doc] += (flags & MSCHED__IN_TITLE) != 0 &&
                                    search->title_words[doc] < 255;
        search->artist_words[doc] += (flags & MSCHED__IN_ARTIST) != 0 &&
                                     search->artist_words[doc] < 255;
    }
    return 1;
}

static int compare_words(const void *ctx, uint32_t a, uint32_t b)
{
    const collector *c = ctx;
    return strcmp(c->pool + c->words[a], c->pool + c->words[b]);
}

/* Write the words in order, and the postings of each. */
static int sort_words(collector *c, uint32_t *order, uint32_t *rank)
{
    msched__search *search = c->search;
    for (uint32_t w = 0; w < c->word_count; w++)
        order[w] = w;
    msched__sort_ids(order, rank, c->word_count, compare_words, c);
    search->word_count = c->word_count;
    search->word_text = msched__alloc_array(c->allocator, c->pool_size, 1);
    search->word_start = msched__alloc_array(c->allocator, c->word_count,
                                             sizeof *search->word_start);
    search->post_start = msched__alloc_zero(c->allocator, (size_t)c->word_count + 2,
                                            sizeof *search->post_start);
    search->postings = msched__alloc_array(c->allocator, c->token_count, sizeof *search->postings);
    if (search->word_text == NULL || search->word_start == NULL || search->post_start == NULL ||
        search->postings == NULL)
        return 0;
    uint32_t offset = 0;
    for (uint32_t i = 0; i < c->word_count; i++) {
        const char *word = c->pool + c->words[order[i]];
        size_t size = strlen(word) + 1;
        memcpy(search->word_text + offset, word, size);
        search->word_start[i] = offset;
        offset += (uint32_t)size;
        rank[order[i]] = i;
    }
    /*
     * Counts are shifted by one more element than usual, so that filling leaves every start
     * correct.
     */
    search->word_text_size = offset;
    search->posting_count = (uint32_t)c->token_count;
    uint32_t *starts = search->post_start + 1;
    for (size_t t = 0; t < c->token_count; t++)
        starts[rank[c->tokens[2 * t]] + 1]++;
    for (uint32_t w = 1; w <= c->word_count; w++)
        starts[w] += starts[w - 1];
    for (size_t t = 0; t < c->token_count; t++)
        search->postings[starts[rank[c->tokens[2 * t]]]++] = c->tokens[2 * t + 1];
    return 1;
}

/* Words by number of letters, with their signatures. */
static int sort_by_length(msched__search *search, const msched_allocator *allocator)
{
    uint32_t letters[MSCHED__TYPO_LETTERS], starts[MSCHED__TYPO_LETTERS + 2] = {0};
    search->by_length = msched__alloc_array(allocator, search->word_count,
                                            sizeof *search->by_length);
    search->signatures = msched__alloc_array(allocator, search->word_count,
                                             sizeof *search->signatures);
    if (search->by_length == NULL || search->signatures == NULL)
        return 0;
    for (uint32_t w = 0; w < search->word_count; w++)
        starts[msched__word_letters(letters, msched__search_word(search, w)) + 1]++;
    starts[1] = 0; /* words with too many letters */
    for (unsigned n = 1; n < MSCHED__TYPO_LETTERS + 2; n++)
        starts[n] += starts[n - 1];
    memcpy(search->length_start, starts, sizeof starts);
    for (uint32_t w = 0; w < search->word_count; w++) {
        unsigned count = msched__word_letters(letters, msched__search_word(search, w));
        if (count == 0)
            continue;
        search->by_length[starts[count]] = w;
        search->signatures[starts[count]++] = msched__word_signature(letters, count);
    }
    return 1;
}

static int build_words(msched__search *search, const msched_allocator *allocator)
{
    collector c = {.search = search, .allocator = allocator};
    uint32_t *order = NULL, *rank = NULL;
    int done = 1;
    for (uint32_t doc = 0; done && doc < search->doc_count; doc++)
        done = add_doc_words(&c, doc);
    if (done) {
        order = msched__alloc_array(allocator, c.word_count, sizeof *order);
        rank = msched__alloc_array(allocator, c.word_count, sizeof *rank);
        done = order != NULL && rank != NULL && sort_words(&c, order, rank) &&
               sort_by_length(search, allocator);
    }
    search->attached.memory_bytes += c.pool_size + 4 * ((size_t)c.word_count * 4 + c.token_count);
    msched__free(allocator, order);
    msched__free(allocator, rank);
    msched__free(allocator, c.pool);
    msched__free(allocator, c.words);
    msched__free(allocator, c.slots);
    msched__free(allocator, c.tokens);
    return done;
}

/* Growing buffer of the normal texts. */
typedef struct normals {
    char *data;
    size_t size, room;
    char *fold;
    size_t fold_room;
} normals;

static int add_normal(normals *n, const msched_allocator *allocator, const char *text,
                      uint32_t *offset)
{
    size_t size = strlen(text);
    void *block = n->fold;
    int done = size < UINT32_MAX / 32 &&
               msched__grow(allocator, &block, &n->fold_room, MSCHED__NORMAL_ROOM(size), 1);
    n->fold = block;
    if (!done)
        return 0;
    size_t normal = msched__search_normal(n->fold, text, size) + 1;
    block = n->data;
    done = normal <= UINT32_MAX - n->size &&
           msched__grow(allocator, &block, &n->room, n->size + normal, 1);
    n->data = block;
    if (!done)
        return 0;
    memcpy(n->data + n->size, n->fold, normal);
    *offset = (uint32_t)n->size;
    n->size += normal;
    return 1;
}

static int build_normals(msched__search *search, const msched_allocator *allocator)
{
    const msched_catalog *catalog = search->catalog;
    normals n = {0};
    int done = 1;
    for (uint32_t a = 0; done && a < catalog->artist_count; a++)
        done = add_normal(&n, allocator, msched__catalog_text(catalog, catalog->artist_name[a]),
                          &search->artist_normal[a]);
    for (uint32_t doc = 0; done && doc < search->doc_count; doc++)
        done =
            add_normal(&n, allocator,
                       msched__catalog_text(catalog, catalog->track_name[search->doc_track[doc]]),
                       &search->doc_title[doc]);
    msched__free(allocator, n.fold);
    char *fitted = done ? msched__realloc_array(allocator, n.data, n.size + 1, 1) : NULL;
    search->normal = fitted != NULL ? fitted : n.data;
    search->normal_size = (uint32_t)n.size;
    search->attached.memory_bytes += fitted != NULL ? n.size + 1 : n.room;
    return done;
}

/* Number the recordings by popularity. */
static int build_docs(msched__search *search, const msched_allocator *allocator)
{
    const msched_catalog *catalog = search->catalog;
    uint8_t *seen = msched__alloc_zero(allocator, catalog->recording_count, 1);
    if (seen == NULL)
        return 0;
    for (uint32_t i = 0; i < catalog->track_count; i++) {
        uint32_t track = catalog->tracks_by_popularity[i],
                 recording = catalog->track_recording[track];
        if (!seen[recording])
            search->doc_track[search->doc_count++] = track;
        seen[recording] = 1;
    }
    msched__free(allocator, seen);
    return 1;
}

/* Put a doc before those of the same key. */
static void link_exact(msched__search *search, uint32_t doc, uint32_t *slots, uint32_t *next,
                       int with_artist)
{
    const char *title = msched__search_title(search, doc),
               *artist = msched__search_artist(search, doc);
    const uint32_t count = search->slot_count;
    uint32_t at = msched__search_slot(search->catalog->hash_key, count, title, strlen(title),
                                      with_artist ? artist : NULL, strlen(artist));
    for (; slots[at] != MSCHED__NONE; at = msched__search_next_slot(at, count))
        if (strcmp(msched__search_title(search, slots[at]), title) == 0 &&
            (!with_artist || strcmp(msched__search_artist(search, slots[at]), artist) == 0))
            break;
    next[doc] = slots[at];
    slots[at] = doc;
}

static void build_exact(msched__search *search)
{
    memset(search->title_slots, 0xFF, search->slot_count * sizeof *search->title_slots);
    memset(search->pair_slots, 0xFF, search->slot_count * sizeof *search->pair_slots);
    for (uint32_t doc = search->doc_count; doc-- > 0;) { /* so that the most popular comes first */
        link_exact(search, doc, search->title_slots, search->title_next, 0);
        link_exact(search, doc, search->pair_slots, search->pair_next, 1);
    }
}

static void destroy(msched__attached *attached)
{
    msched__search *search = (msched__search *)attached;
    msched_allocator allocator = attached->allocator;
    void *const blocks[] = {search->doc_track,
                            search->doc_title,
                            search->artist_normal,
                            search->normal,
                            search->title_words,
                            search->artist_words,
                            search->word_text,
                            search->word_start,
                            search->post_start,
                            search->postings,
                            search->by_length,
                            search->signatures,
                            search->title_slots,
                            search->pair_slots,
                            search->title_next,
                            search->pair_next,
                            search};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        msched__free(&allocator, blocks[i]);
}

static int allocate_fixed(msched__search *search, const msched_allocator *allocator)
{
    const msched_catalog *catalog = search->catalog;
    size_t docs = catalog->recording_count;
    search->slot_count = catalog->recording_count + catalog->recording_count / 2 + 1;
    search->doc_track = msched__alloc_array(allocator, docs, sizeof(uint32_t));
    search->doc_title = msched__alloc_array(allocator, docs, sizeof(uint32_t));
    search->artist_normal = msched__alloc_array(allocator, catalog->artist_count, sizeof(uint32_t));
    search->title_words = msched__alloc_zero(allocator, docs, 1);
    search->artist_words = msched__alloc_zero(allocator, docs, 1);
    search->title_slots = msched__alloc_array(allocator, search->slot_count, sizeof(uint32_t));
    search->pair_slots = msched__alloc_array(allocator, search->slot_count, sizeof(uint32_t));
    search->title_next = msched__alloc_array(allocator, docs, sizeof(uint32_t));
    search->pair_next = msched__alloc_array(allocator, docs, sizeof(uint32_t));
    search->attached.memory_bytes = sizeof *search + docs * 18 + (size_t)search->slot_count * 8 +
                                    (size_t)catalog->artist_count * 4;
    return search->doc_track != NULL && search->doc_title != NULL &&
           search->artist_normal != NULL && search->title_words != NULL &&
           search->artist_words != NULL && search->title_slots != NULL &&
           search->pair_slots != NULL && search->title_next != NULL && search->pair_next != NULL;
}

static msched__attached *build(const msched_catalog *catalog)
{
    const msched_allocator *allocator = &catalog->allocator;
    msched__attached *opened = msched__search_open(catalog);
    if (opened != NULL)
        return opened;
    if (msched__catalog_need_all(catalog, NULL) != MSCHED_OK)
        return NULL;
    msched__search *search = msched__alloc_zero(allocator, 1, sizeof *search);
    if (search == NULL)
        return NULL;
    search->attached.destroy = destroy;
    search->attached.allocator = *allocator;
    search->catalog = catalog;
    if (!allocate_fixed(search, allocator) || !build_docs(search, allocator) ||
        !build_normals(search, allocator) || !build_words(search, allocator)) {
        destroy(&search->attached);
        return NULL;
    }
    build_exact(search);
    return &search->attached;
}

const msched__search *msched__search_of(const msched_catalog *catalog, msched_error *err)
{
    return (const msched__search *)msched__catalog_attach(catalog, MSCHED__ATTACH_LOOKUP, build,
                                                          err);
}

const msched__search *msched__search_made(const msched_catalog *catalog)
{
    return (const msched__search *)atomic_load_explicit(&catalog->attached[MSCHED__ATTACH_LOOKUP],
                                                        memory_order_acquire);
}
