package tradecanvas.load.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SystemToolTest {
    @Test
    void whatIsInstalledIsFound() throws MissingPrerequisiteException {
        assertThat(SystemTool.find("timeout", "coreutils")).isExecutable();
    }

    @Test
    void whatIsNotComesWithTheCommandThatInstallsIt() {
        assertThatThrownBy(() -> SystemTool.find("no-such-program", "some-package"))
                .isInstanceOf(MissingPrerequisiteException.class)
                .hasMessageContaining("apt-get install --no-install-recommends some-package");
    }
}
