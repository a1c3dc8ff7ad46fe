package io.millrace.learning.devices;

import java.util.Optional;
import java.util.stream.Stream;

/** Explains a failure of ND4J's CUDA backend in one sentence. */
final class GpuFailure {
  /** The native library's message if it has no code for the card. */
  private static final String NO_CODE = "cudaGetSymbolAddress failed";

  private GpuFailure() {}

  static String sentence(Throwable failure, Optional<GraphicsCard> card) {
    if (card.isPresent() && isWithoutCode(failure)) {
      return "this build of ND4J has no code for the GPU "
          + card.get()
          + "; build with -P"
          + card.get().profile();
    }
    return "the CUDA backend of ND4J does not work"
        + card.map(known -> " on " + known).orElse("")
        + ": "
        + root(failure)
        + "; it needs NVIDIA's driver and the libraries of CUDA 11";
  }

  private static boolean isWithoutCode(Throwable failure) {
    return causes(failure)
        .map(cause -> String.valueOf(cause.getMessage()))
        .anyMatch(message -> message.contains(NO_CODE) || message.contains("Error code: [13]"));
  }

  private static String root(Throwable failure) {
    Throwable root = causes(failure).reduce(failure, (outer, inner) -> inner);
    String message = String.valueOf(root.getMessage());
    return root.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }
}
