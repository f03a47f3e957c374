import fc from 'fast-check';

/** For the mutation run: a mutant that fails a property need not be shown the smallest example of it, nor all runs to it. */
fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 3000 });
