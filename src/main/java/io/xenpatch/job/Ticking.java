package io.xenpatch.job;

/** Moves a pool update forward by one bounded slice. */
interface Ticking {

    Tick tick(PoolUpdateId id);
}
