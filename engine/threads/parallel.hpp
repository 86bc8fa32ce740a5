// Work that threads do together. What does it is chosen when the program is built: oneTBB, or plain
// threads of the standard library (KOHORT_STD_THREADS), all of which a thread sanitizer sees.
//
// Neither decides a result: whoever sums or draws does so in an order of its own.
//
//   Arena(threads)                 so many threads (0: as many as the machine has);
//                                  `execute(action)` has what the action begins done by them
//   threads_here()                 of how many threads the arena at hand is
//   ThreadLimit(threads)           while it lives, so many at most, whatever the process does
//   parallel_tasks(n, action)      action(i) for all i < n, each of them long enough for a thread
//   parallel_for(n, action)        the same, of many short ones
//   parallel_ranges(n, least, action)  action(first, end) for runs of at least `least` of them
//   in_order(most, ask, work, give)    ask() for one thing after the other, until it is null;
//   work(thing)
//                                  side by side; give(thing) one after the other as they were
//                                  asked for; `most` of them at a time
//   PerThread<Value>(make)         `local()` is the calling thread's own, made when first asked for
//   undisturbed(action)            a thread that waits in there takes up nothing else
//
// Work within work is shared among the same threads. Where an action throws no more are begun, and
// one of the exceptions is thrown on.
#pragma once

#ifdef KOHORT_STD_THREADS
#include "engine/threads/with_std.hpp"
#else
#include "engine/threads/with_tbb.hpp"
#endif
