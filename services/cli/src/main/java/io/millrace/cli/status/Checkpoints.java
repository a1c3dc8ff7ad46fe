package io.millrace.cli.status;

import io.millrace.checkpoints.manifest.Manifest;

/**
 * A model's checkpoints.
 *
 * @param manifest the newest manifest, with at least one checkpoint
 * @param lag how many records the topic has that the newest checkpoint has not read
 */
record Checkpoints(Manifest manifest, long lag) {}
