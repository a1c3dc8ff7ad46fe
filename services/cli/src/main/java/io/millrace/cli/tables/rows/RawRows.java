package io.millrace.cli.tables.rows;

import java.util.Iterator;

/**
 * The rows of a file as they stand there, from its first one on. Failures are {@link
 * io.millrace.cli.failures.CommandFailedException}s. Confined to one thread.
 */
public interface RawRows extends Iterator<RawRow>, AutoCloseable {

  @Override
  void close();
}
