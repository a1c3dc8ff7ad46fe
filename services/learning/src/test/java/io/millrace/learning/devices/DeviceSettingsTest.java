package io.millrace.learning.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.settings.Section;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As in tests: without a GPU backend on the class path. */
class DeviceSettingsTest {

  @Test
  void read_nothingSet_isAutoWithTheThreadsOfTheProcess() {
    // When
    DeviceSettings settings = DeviceSettings.read(Section.root(Map.of()));

    // Then
    assertThat(settings.device()).isEqualTo(Device.AUTO);
    assertThat(settings.threads()).isEqualTo(1);
  }

  @Test
  void open_autoWithoutBackend_isTheHostAndSaysSo() {
    // Given
    DeviceSettings settings = DeviceSettings.read(Section.root(Map.of("threads", 2)));

    // When
    Engine engine = settings.open();

    // Then
    assertThat(engine.describe()).isEqualTo("backend=host, device=cpu, threads=2");
  }

  @Test
  void open_gpuWithoutBackend_namesTheProfiles() {
    // Given
    DeviceSettings settings = DeviceSettings.read(Section.root(Map.of("device", "gpu")));

    // When, then
    assertThatThrownBy(settings::open)
        .isInstanceOf(UnusableDeviceException.class)
        .hasMessage("this build has no backend for a GPU; build with -Pcuda or -Pcuda-ptx");
  }
}
