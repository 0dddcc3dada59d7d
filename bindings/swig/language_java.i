/*
 * language_java.i: errors are MusicschedException; texts cross as bytes of UTF-8, because the
 * "modified UTF-8" of JNI's own string functions is another encoding; columns are double[] (NaN
 * where there is no value) and byte[][]. The classes that SWIG writes are the package's own
 * business: people see those of the hand-written files, which hold them.
 */
%pragma(java) jniclassclassmodifiers = "final class"
%pragma(java) moduleclassmodifiers = "final class"
%pragma(java) jniclasscode = %{
    static {
        Library.load();
    }
%}
%rename(RawTable) Table;
%rename(RawFilter) Filter;
%rename(RawPlan) Plan;
%rename(RawSchedule) Schedule;
%rename(RawCatalog) Catalog;
%rename(RawCalendar) Calendar;
%rename(RawAgenda) Agenda;
%rename(RawMatch) Match;
%rename(RawHistory) History;
%rename(RawSummary) Summary;

%header %{
#include <string.h>

static JavaVM *java_vm;
static jclass thread_class; /* a global reference, which keeps the method ids valid */
static jmethodID current_thread, is_interrupted;

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved)
{
    JNIEnv *env = NULL;
    (void)reserved;
    java_vm = vm;
    if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_1_8) != JNI_OK)
        return JNI_ERR;
    jclass class = (*env)->FindClass(env, "java/lang/Thread");
    thread_class = class == NULL ? NULL : (*env)->NewGlobalRef(env, class);
    if (thread_class == NULL)
        return JNI_ERR;
    current_thread = (*env)->GetStaticMethodID(env, thread_class, "currentThread",
        "()Ljava/lang/Thread;");
    is_interrupted = (*env)->GetMethodID(env, thread_class, "isInterrupted", "()Z");
    return current_thread != NULL && is_interrupted != NULL ? JNI_VERSION_1_8 : JNI_ERR;
}

/* The thread's interrupted flag, which stays set. */
int32_t msched_swig_cancel(void *ctx)
{
    JNIEnv *env = NULL;
    (void)ctx;
    if ((*java_vm)->GetEnv(java_vm, (void **)&env, JNI_VERSION_1_8) != JNI_OK)
        return 0;
    jobject thread = (*env)->CallStaticObjectMethod(env, thread_class, current_thread);
    if ((*env)->ExceptionCheck(env) || thread == NULL)
        return 1;
    jboolean interrupted = (*env)->CallBooleanMethod(env, thread, is_interrupted);
    (*env)->DeleteLocalRef(env, thread);
    return (*env)->ExceptionCheck(env) || interrupted;
}

void msched_swig_run(void (*work)(void *), void *argument, msched_error *err)
{
    (void)err;
    work(argument);
}

/* NULL with an OutOfMemoryError pending when out of memory; so below. */
static jbyteArray to_bytes(JNIEnv *env, const char *text)
{
    if (text == NULL)
        return NULL;
    jsize size = (jsize)strlen(text);
    jbyteArray bytes = (*env)->NewByteArray(env, size);
    if (bytes != NULL)
        (*env)->SetByteArrayRegion(env, bytes, 0, size, (const jbyte *)text);
    return bytes;
}

static void throw_error(JNIEnv *env, const msched_error *error)
{
    jclass class = (*env)->FindClass(env, "org/musicsched/MusicschedException");
    jmethodID create = class == NULL ? NULL
        : (*env)->GetStaticMethodID(env, class, "create", "([B[BJJ)Ljava/lang/RuntimeException;");
    jbyteArray message = create == NULL ? NULL : to_bytes(env, error->message);
    jbyteArray code = message == NULL ? NULL : to_bytes(env, msched_result_name(error->code));
    if (code == NULL)
        return;
    jobject exception =
        (*env)->CallStaticObjectMethod(env, class, create, message, code, (jlong)error->line,
            (jlong)error->column);
    if (!(*env)->ExceptionCheck(env) && exception != NULL)
        (*env)->Throw(env, (jthrowable)exception);
}

/*
 * A copy of the bytes with a zero after them, to be freed; NULL for null, and with an error
 * pending.
 */
static char *from_bytes(JNIEnv *env, jbyteArray bytes, size_t *size)
{
    *size = 0;
    if (bytes == NULL)
        return NULL;
    jsize length = (*env)->GetArrayLength(env, bytes);
    char *copy = malloc((size_t)length + 1);
    if (copy == NULL) {
        throw_error(env, &(msched_error){.code = MSCHED_ERROR_MEMORY, .message = "out of memory"});
        return NULL;
    }
    (*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte *)copy);
    copy[length] = '\0';
    *size = (size_t)length;
    return copy;
}

static jdoubleArray from_numbers(JNIEnv *env, number_list list)
{
    jdoubleArray array = (*env)->NewDoubleArray(env, (jsize)list.count);
    if (array != NULL && list.count > 0)
        (*env)->SetDoubleArrayRegion(env, array, 0, (jsize)list.count, list.values);
    return array;
}

static jobjectArray from_texts(JNIEnv *env, text_list list)
{
    jclass bytes_class = (*env)->FindClass(env, "[B");
    jobjectArray array = bytes_class == NULL ? NULL
        : (*env)->NewObjectArray(env, (jsize)list.count, bytes_class, NULL);
    for (uint32_t i = 0; array != NULL && i < list.count; i++) {
        jbyteArray bytes = to_bytes(env, list.values[i]);
        if (bytes == NULL && list.values[i] != NULL)
            return NULL;
        (*env)->SetObjectArrayElement(env, array, (jsize)i, bytes);
        (*env)->DeleteLocalRef(env, bytes);
        if ((*env)->ExceptionCheck(env))
            return NULL;
    }
    return array;
}
%}

%typemap(in, numinputs=0) msched_error *err (msched_error error) {
    error = (msched_error){0};
    $1 = &error;
}
%typemap(argout) msched_error *err {
    if ($1->code != MSCHED_OK && !(*jenv)->ExceptionCheck(jenv))
        throw_error(jenv, $1);
}

%typemap(jni) const char *, char *, (const char *text, size_t size) "jbyteArray"
%typemap(jtype) const char *, char *, (const char *text, size_t size) "byte[]"
%typemap(jstype) const char *, char *, (const char *text, size_t size) "String"
%typemap(javain) const char * "Library.text($javainput)"
%typemap(javain) (const char *text, size_t size)
    "Library.utf8(Library.need($javainput, \"text\"))"
%typemap(javaout) const char *, char * {
    return Library.string($jnicall);
}
%typemap(in) const char * {
    size_t length;
    $1 = from_bytes(jenv, $input, &length);
    if ($1 == NULL && $input != NULL)
        return $null;
}
%typemap(in) (const char *text, size_t size) {
    size_t length;
    $1 = from_bytes(jenv, $input, &length);
    $2 = length;
    if ($1 == NULL && $input != NULL)
        return $null;
}
%typemap(freearg) const char *, (const char *text, size_t size) "free((void *)$1);"
%typemap(out) const char *, char * "$result = to_bytes(jenv, $1);"
%typemap(newfree) char * "free($1);"

%typemap(jni) number_list "jdoubleArray"
%typemap(jtype) number_list "double[]"
%typemap(jstype) number_list "double[]"
%typemap(javaout) number_list {
    return $jnicall;
}
%typemap(out) number_list "$result = from_numbers(jenv, $1);"
%typemap(jni) text_list "jobjectArray"
%typemap(jtype) text_list "byte[][]"
%typemap(jstype) text_list "byte[][]"
%typemap(javaout) text_list {
    return $jnicall;
}
%typemap(out) text_list "$result = from_texts(jenv, $1);"

/*
 * The memory of an object is freed by a Cleaner when nothing refers to the object, and by nothing
 * else: delete() is not there to be called, so no call can meet freed memory. close() drops what
 * the handle holds (facade.h).
 */
%typemap(javaclassmodifiers) SWIGTYPE "final class"
%typemap(javafinalize) SWIGTYPE ""
%typemap(javainterfaces) SWIGTYPE ""
%typemap(javadestruct, methodname="delete", methodmodifiers="private") SWIGTYPE ""
%define CLEANED(Class, Raw)
%typemap(javabody) Class %{
    private final transient long swigCPtr;

    private record Free(long pointer) implements Runnable {
        @Override
        public void run() {
            musicschedJNI.delete_##Raw(pointer);
        }
    }

    Raw(long pointer, boolean owned) {
        swigCPtr = pointer;
        Library.CLEANER.register(this, new Free(pointer));
    }

    static long getCPtr(Raw object) {
        return object == null ? 0 : object.swigCPtr;
    }
%}
%enddef
CLEANED(Catalog, RawCatalog)
CLEANED(Filter, RawFilter)
CLEANED(Plan, RawPlan)
CLEANED(Schedule, RawSchedule)
CLEANED(Table, RawTable)
CLEANED(Calendar, RawCalendar)
CLEANED(Agenda, RawAgenda)
CLEANED(Match, RawMatch)
CLEANED(History, RawHistory)
CLEANED(Summary, RawSummary)
