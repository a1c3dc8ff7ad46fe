package io.millrace.quickstart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;

/** The folder in which a broker keeps its data. */
final class BrokerFolder {
  /** The file that Kafka locks while a broker uses the folder. */
  private static final String LOCK = ".lock";

  private BrokerFolder() {}

  static boolean isFormatted(Path folder) {
    return Files.exists(folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME));
  }

  /**
   * Creates the folder if it is missing.
   *
   * @throws IOException if it is no folder, holds other files or is used by another broker
   */
  static void prepare(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(folder + " is a file; a broker's data needs a folder", e);
    } catch (FileSystemException e) {
      throw new IOException(folder + " cannot be created: " + reason(e), e);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + " cannot be written to; name another folder");
    }
    if (isFormatted(folder)) {
      requireUnused(folder);
    } else {
      requireEmpty(folder);
    }
  }

  /** Kafka takes every folder in it for a partition, and would end at the first that is none. */
  private static void requireEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IOException(
            folder
                + " holds other files, and no broker's data; name a folder that is new or empty");
      }
    }
  }

  private static void requireUnused(Path folder) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse(folder);
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(folder);
    }
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? "access denied" : e.getReason();
  }

  private static IOException inUse(Path folder) {
    return new IOException(
        folder + " is in use by another broker; end that one, or name another folder");
  }
}
