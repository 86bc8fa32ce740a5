// Work that threads do together. What does it is chosen when the program is built: oneTBB, or
// threads of the standard library (KOHORT_STD_THREADS), which a thread sanitizer can follow.
// Results depend on neither: whoever sums or draws does so in an order of its own.
//
// Arena(threads)
//     So many threads; 0: as many as the machine has. `execute(action)` has them do what the action
//     begins.
// threads_here()
//     How many threads the arena at hand has.
// ThreadLimit(threads)
//     While it lives, arenas give no more threads than that to what is begun by the thread that
//     made it; 0: no limit. (By oneTBB, to what is begun anywhere.) A thread that somebody starts
//     is none of theirs.
// parallel_tasks(count, action)
//     action(at) for all at < count, each long enough for a thread to take it up alone.
// parallel_for(count, action)
//     The same of many short ones, several of which a thread takes up together.
// parallel_ranges(count, least, action)
//     action(first, end) for runs of them, which are not divided where they are no longer than
//     `least`.
// in_order<Thing>(most, ask, work, give)
//     ask() for one thing after the other, until it gives null; work(thing) side by side;
//     give(thing) for one after the other, in the order in which they were asked for. `most` are on
//     the way at a time. One thing may be asked for while another is given.
// PerThread<Value>(make)
//     `local()` is the calling thread's own value, made when first asked for: by make(), which
//     several threads may call at once.
// undisturbed(action)
//     A thread that waits in the action takes up nothing else meanwhile.
//
// Work within work is shared among the threads of the same arena. Where an action throws no more
// are begun, and one of the exceptions is thrown on.
#pragma once

#ifdef KOHORT_STD_THREADS
#include "engine/threads/with_std.hpp"
#else
#include "engine/threads/with_tbb.hpp"
#endif
