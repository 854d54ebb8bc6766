/* Memory: what glibc does with memory that is freed. Other systems are left as they are. */

#include "kernel.h"

#if defined __GLIBC__
#include <malloc.h>
#endif

/* Give freed memory back to the system. */
EXPORT void release_memory(void) {
#if defined __GLIBC__
    malloc_trim(0);
#endif
}
