/*
 * What the Python package needs in C beside the library: Arrow capsules, and scheduling in a loop
 * without the interpreter.
 */
#include <stdlib.h>

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
