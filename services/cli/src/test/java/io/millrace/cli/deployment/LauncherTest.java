package io.millrace.cli.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says where the tools that it needs are missing or too old. */
class LauncherTest {
  @TempDir private Path folder;
  private Path launcher;
  private Path tools;

  @BeforeEach
  void copyLauncher() throws IOException {
    launcher = Files.copy(Repository.file("millrace"), folder.resolve("millrace"));
    tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : new String[] {"bash", "dirname", "readlink", "grep", "sed", "mkdir"}) {
      Files.createSymbolicLink(tools.resolve(tool), found(tool));
    }
  }

  @Test
  void start_noJava_saysWhatToInstall() throws Exception {
    assertThat(start(Optional.empty()))
        .isEqualTo("millrace: no Java found; install a JDK 17 or newer, or set JAVA_HOME\n");
  }

  @Test
  void start_oldJava_saysWhatToInstall() throws Exception {
    Path jdk = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
    program(jdk.resolve("bin/java"), "exit 1");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

    assertThat(start(Optional.of(jdk)))
        .isEqualTo(
            "millrace: %s/bin/java is Java 11; Millrace needs 17 or newer: install a JDK, or set"
                    .formatted(jdk)
                + " JAVA_HOME to one\n");
  }

  @Test
  void start_javaHomeWithoutJava_saysSo() throws Exception {
    assertThat(start(Optional.of(folder)))
        .isEqualTo("millrace: JAVA_HOME is %s, but there is no bin/java in it\n".formatted(folder));
  }

  @Test
  void start_noMaven_saysWhatToInstall() throws Exception {
    assertThat(start(Optional.of(jdk())))
        .isEqualTo(
            "millrace: Maven (mvn) not found; building needs Maven 3.8 or newer: install it\n");
  }

  @Test
  void start_oldMaven_saysWhatToInstall() throws Exception {
    program(
        tools.resolve("mvn"),
        "echo 'Apache Maven 3.6.3 (cecedd343002696d0abb50b32b541b8a6ba2883f)'");

    assertThat(start(Optional.of(jdk())))
        .isEqualTo("millrace: mvn is Maven 3.6; building needs Maven 3.8 or newer: install it\n");
  }

  private static Path jdk() {
    return Path.of(System.getProperty("java.home"));
  }

  private String start(Optional<Path> javaHome) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(tools.resolve("bash").toString(), launcher.toString(), "--version");
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", tools.toString());
    javaHome.ifPresent(home -> environment.put("JAVA_HOME", home.toString()));
    Process process = builder.redirectErrorStream(true).start();
    String shown = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(shown).isEqualTo(1);
    return shown;
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path found(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }
}
