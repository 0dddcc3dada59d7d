/*
 * What the Python package needs in C beside the library: Arrow capsules, and scheduling in a loop
 * without the interpreter.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <musicsched/musicsched.h>

static void drop_stream_capsule(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_IsValid(capsule, "arrow_array_stream")
                                          ? PyCapsule_GetPointer(capsule, "arrow_array_stream")
                                          : NULL;
    if (stream == NULL)
        return;
    if (stream->release != NULL) /* nobody took it over */
        stream->release(stream);
    free(stream);
}

static void drop_schema_capsule(PyObject *capsule)
{
    struct ArrowSchema *schema = PyCapsule_IsValid(capsule, "arrow_schema")
                                     ? PyCapsule_GetPointer(capsule, "arrow_schema")
                                     : NULL;
    if (schema == NULL)
        return;
    if (schema->release != NULL)
        schema->release(schema);
    free(schema);
}

static uintptr_t msched_py_stream_capsule_destructor(void)
{
    return (uintptr_t)drop_stream_capsule;
}

static uintptr_t msched_py_schema_capsule_destructor(void)
{
    return (uintptr_t)drop_schema_capsule;
}

static void *msched_py_new_stream(void)
{
    return calloc(1, sizeof(struct ArrowArrayStream));
}

static void *msched_py_new_schema(void)
{
    return calloc(1, sizeof(struct ArrowSchema));
}

static void msched_py_drop_array(struct ArrowArray *array)
{
    if (array->release != NULL)
        array->release(array);
}

static void msched_py_drop_schema(struct ArrowSchema *schema)
{
    if (schema->release != NULL)
        schema->release(schema);
}

/*
 * A str of each text into objects[0 .. count), the memory of a NumPy array, which holds other
 * objects before. -1 when out of memory.
 */
static int msched_py_make_texts(void **objects, const char *data, const int32_t *offsets,
                                int64_t count)
{
    PyGILState_STATE state = PyGILState_Ensure(); /* cffi has let it go for the call */
    int64_t i = 0;
    for (; i < count; i++) {
        PyObject *text = PyUnicode_FromStringAndSize(data + offsets[i],
                                                     offsets[i + 1] - offsets[i]),
                 *before = objects[i];
        if (text == NULL)
            break;
        objects[i] = text;
        Py_XDECREF(before);
    }
    PyErr_Clear();
    PyGILState_Release(state);
    return i == count ? 0 : -1;
}

/*
 * A cancel callback that does not need the interpreter: ctx points to a number that another thread
 * sets.
 */
static int32_t msched_py_flagged(void *ctx)
{
    return __atomic_load_n((int32_t *)ctx, __ATOMIC_RELAXED);
}

/*
 * Schedules plans one after the other; returns how many were made before the first failure, which
 * err tells, or a stop.
 */
static size_t msched_py_schedule_range(msched_schedule **out, const msched_catalog *catalog,
                                       const msched_plan *const *plans, size_t count,
                                       const msched_schedule_options *options, msched_error *err)
{
    size_t done = 0;
    while (done < count && !options->cancel(options->cancel_ctx) &&
           msched_schedule_build(&out[done], catalog, plans[done], options, err) == MSCHED_OK)
        done++;
    return done;
}

/*
 * A batch that a Python object owns, shared by Arrow streams: each struct given out has its own
 * nodes, uses the owner's buffers, and keeps the owner alive.
 */
static void let_go(void *owner)
{
    if (!Py_IsInitialized())
        return;
    PyGILState_STATE state = PyGILState_Ensure();
    Py_DECREF((PyObject *)owner);
    PyGILState_Release(state);
}

static void *keep_owner(void *owner)
{
    PyGILState_STATE state = PyGILState_Ensure();
    Py_INCREF((PyObject *)owner);
    PyGILState_Release(state);
    return owner;
}

#define SHARE(TYPE, NAME)                                                                          \
    static void drop_##NAME(struct TYPE *node)                                                     \
    {                                                                                              \
        for (int64_t i = 0; i < node->n_children; i++) {                                           \
            if (node->children[i] != NULL && node->children[i]->release != NULL)                   \
                node->children[i]->release(node->children[i]);                                     \
            free(node->children[i]);                                                               \
        }                                                                                          \
        free(node->children);                                                                      \
        if (node->dictionary != NULL && node->dictionary->release != NULL)                         \
            node->dictionary->release(node->dictionary);                                           \
        free(node->dictionary);                                                                    \
        node->release = NULL;                                                                      \
        let_go(node->private_data);                                                                \
    }                                                                                              \
    static int copy_##NAME(struct TYPE *to, const struct TYPE *from, void *owner);                 \
    static struct TYPE *new_##NAME(const struct TYPE *from, void *owner)                           \
    {                                                                                              \
        struct TYPE *node = calloc(1, sizeof *node);                                               \
        if (node != NULL && !copy_##NAME(node, from, owner)) {                                     \
            free(node);                                                                            \
            node = NULL;                                                                           \
        }                                                                                          \
        return node;                                                                               \
    }                                                                                              \
    static int copy_##NAME(struct TYPE *to, const struct TYPE *from, void *owner)                  \
    {                                                                                              \
        int made = 1;                                                                              \
        *to = *from;                                                                               \
        to->release = drop_##NAME;                                                                 \
        to->private_data = keep_owner(owner);                                                      \
        to->dictionary = NULL;                                                                     \
        to->children = calloc((size_t)from->n_children + 1, sizeof *to->children);                 \
        to->n_children = to->children == NULL ? 0 : from->n_children;                              \
        for (int64_t i = 0; i < to->n_children && made; i++)                                       \
            made = (to->children[i] = new_##NAME(from->children[i], owner)) != NULL;               \
        if (from->dictionary != NULL && made)                                                      \
            made = (to->dictionary = new_##NAME(from->dictionary, owner)) != NULL;                 \
        if (!made || to->children == NULL)                                                         \
            drop_##NAME(to);                                                                       \
        return to->release != NULL;                                                                \
    }

SHARE(ArrowSchema, schema)
SHARE(ArrowArray, array)

typedef struct shared_batch {
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    void *owner;
    int is_read;
} shared_batch;

static int shared_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    const shared_batch *batch = stream->private_data;
    return copy_schema(out, batch->schema, batch->owner) ? 0 : ENOMEM;
}

static int shared_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    shared_batch *batch = stream->private_data;
    memset(out, 0, sizeof *out);
    if (batch->is_read)
        return 0;
    batch->is_read = 1;
    return copy_array(out, batch->array, batch->owner) ? 0 : ENOMEM;
}

static const char *shared_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void drop_shared(struct ArrowArrayStream *stream)
{
    shared_batch *batch = stream->private_data;
    let_go(batch->owner);
    free(batch);
    stream->release = NULL;
}

static int msched_py_share_batch(struct ArrowArrayStream *stream, struct ArrowSchema *schema,
                                 struct ArrowArray *array, void *owner)
{
    shared_batch *batch = malloc(sizeof *batch);
    if (batch == NULL)
        return MSCHED_ERROR_MEMORY;
    *batch = (shared_batch){schema, array, keep_owner(owner), 0};
    *stream = (struct ArrowArrayStream){.get_schema = shared_schema,
                                        .get_next = shared_next,
                                        .get_last_error = shared_error,
                                        .release = drop_shared,
                                        .private_data = batch};
    return MSCHED_OK;
}
