package tradecanvas.load.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisServerTest {
    @Test
    void theProcessIsFoundInWhatRedisSaysOfItself() {
        assertThat(RedisServer.processId("$57\r\n# Server\r\nredis_version:7.2.4\r\nprocess_id:6638\r\nrun_id:a\r\n"))
                .isEqualTo(6638);
        assertThat(RedisServer.processId("# Server\r\n")).isNegative();
    }
}
