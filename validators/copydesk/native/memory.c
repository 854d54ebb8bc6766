/* Memory: what glibc does with memory that is freed. Other systems are left as they are. */

#include "kernel.h"

#if defined __GLIBC__
#include <malloc.h>
#endif

/* Keep freed memory in the process. As glibc is set, it gives back the memory of each chunk, and the system must clear
   every page of the next chunk again. Call it only in a process that does nothing else. */
EXPORT void keep_memory(void) {
#if defined __GLIBC__
    if (!mallopt(M_MMAP_THRESHOLD, 256 << 20)) mallopt(M_MMAP_THRESHOLD, 32 << 20);  /* older glibc allows no more */
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    mallopt(M_ARENA_MAX, 1);  /* so that all threads reuse what one of them has freed */
#endif
}

/* Give freed memory back to the system. */
EXPORT void release_memory(void) {
#if defined __GLIBC__
    malloc_trim(0);
#endif
}
