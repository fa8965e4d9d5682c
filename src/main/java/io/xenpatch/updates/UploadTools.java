package io.xenpatch.updates;

import java.util.concurrent.Executor;

/**
 * What all uploads of the process share.
 *
 * @param workers for calls to pools and the database
 */
record UploadTools(UploadStore store, UploadSettings settings, Executor workers) {}
