package io.millrace.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {
  @Test
  void find_always_isAPortThatNoConnectionGets() throws IOException {
    for (int i = 0; i < 100; i++) {
      int port = FreePort.find();

      assertThat(port).isBetween(10_000, 32_767);
      new ServerSocket(port).close(); // which fails where somebody listens
    }
  }
}
