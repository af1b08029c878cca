/*
 * The engine's library as a ClickHouse server of its own, for tests: it is loaded, told to listen, and kept busy
 * with an endless query, because a server without one would end. It dies with its parent.
 */
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>

typedef void *(*query_cmdline)(int argc, char **argv);

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: listener <library> <arguments of clickhouse local>\n");
    return 2;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  void *library = dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL);
  if (library == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 3;
  }
  void *symbol = dlsym(library, "chdb_query_cmdline");
  if (symbol == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 4;
  }
  argv[1] = "clickhouse";
  ((query_cmdline)symbol)(argc - 1, argv + 1);
  return 0;
}
