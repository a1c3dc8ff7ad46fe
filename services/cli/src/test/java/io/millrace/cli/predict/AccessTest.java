package io.millrace.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.failures.CommandFailedException;
import io.millrace.client.Address;
import io.millrace.client.ClientOptions;
import io.millrace.client.Tls;
import io.millrace.runtime.http.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final Endpoint ENDPOINT = new Endpoint("serving", "host", 8080);

  @TempDir private Path folder;

  @Test
  void to_noFiles_isPlain() {
    ClientOptions options = new Access(null, null).to(ENDPOINT);

    assertThat(options.addresses()).containsExactly(new Address("host", 8080));
    assertThat(options.tls()).isNull();
    assertThat(options.token()).isNull();
  }

  @Test
  void to_files_encryptsAndSendsTheToken() throws IOException {
    Path authorities = Files.writeString(folder.resolve("ca.crt"), "certificates");
    Path token = Files.writeString(folder.resolve("token"), "secret\n");

    ClientOptions options = new Access(authorities, token).to(ENDPOINT);

    assertThat(options.tls()).isEqualTo(Tls.trusting(authorities));
    assertThat(options.token()).isNotNull().extracting(given -> given.get()).isEqualTo("secret");
  }

  @Test
  void to_fileThatIsNotThere_isTold() {
    Access access = new Access(folder.resolve("ca.crt"), null);

    assertThatThrownBy(() -> access.to(ENDPOINT))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("cannot read " + folder.resolve("ca.crt"));
  }

  @Test
  void token_fileIsTheServersList_isRefusedWithoutTellingIt() throws IOException {
    Path list = Files.writeString(folder.resolve("tokens"), "infer SECRET-1\nadmin SECRET-2\n");

    assertThatThrownBy(() -> new Access(null, list).checked())
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("allowed: the token alone")
        .hasMessageNotContaining("SECRET");
  }
}
