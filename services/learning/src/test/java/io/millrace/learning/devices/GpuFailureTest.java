package io.millrace.learning.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuFailureTest {
  @ParameterizedTest
  @CsvSource({
    "NVIDIA H200, 9, 0, cuda-ptx",
    "NVIDIA B200, 10, 0, cuda-ptx",
    "NVIDIA L4, 8, 9, cuda",
    "Tesla P100, 6, 0, cuda",
    "Tesla K80, 3, 7, cuda",
    "Tesla K40, 3, 5, cuda-ptx"
  })
  void sentence_cardWithoutCode_namesCardCapabilityAndProfile(
      String name, int major, int minor, String profile) {
    // Given
    Throwable failure =
        new ExceptionInInitializerError(
            new RuntimeException("cudaGetSymbolAddress failed; Error code: [13]"));
    GraphicsCard card = new GraphicsCard(name, major, minor);

    // When
    String sentence = GpuFailure.sentence(failure, Optional.of(card));

    // Then
    assertThat(sentence)
        .isEqualTo(
            "this build of ND4J has no code for the GPU %s, compute capability %d.%d; build with -P%s"
                .formatted(name, major, minor, profile));
  }

  @Test
  void sentence_libraryThatDoesNotLoad_namesTheLibrary() {
    // Given
    Throwable failure =
        new RuntimeException(
            new UnsatisfiedLinkError("libcublas.so.11: cannot open shared object file"));

    // When
    String sentence = GpuFailure.sentence(failure, Optional.empty());

    // Then
    assertThat(sentence)
        .contains("UnsatisfiedLinkError: libcublas.so.11: cannot open shared object file")
        .contains("NVIDIA's driver and the libraries of CUDA 11");
  }
}
