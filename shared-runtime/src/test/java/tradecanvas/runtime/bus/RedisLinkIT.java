package tradecanvas.runtime.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tradecanvas.store.servers.ServiceInstance;

/** A link to a Redis that is killed, hangs and comes back. */
class RedisLinkIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final RedisLink.Pace FAST =
            new RedisLink.Pace(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(1));

    private static final Vertx VERTX = Vertx.vertx();
    private static ServiceInstance services;

    private final List<RedisLink> links = new ArrayList<>();
    private final Heard heard = new Heard();
    private final Heard published = new Heard();

    @BeforeAll
    static void startServices() {
        services = ServiceInstance.up("redis-link-" + ProcessHandle.current().pid());
    }

    @AfterAll
    static void stopServices() {
        services.close();
        VERTX.close();
    }

    @AfterEach
    void closeLinks() {
        links.forEach(RedisLink::close);
    }

    @Test
    void messagesOfAllChannelsArriveOnceAndInTheOrderOfTheCalls() {
        open(heard, "one", "two");
        RedisLink sender = open(published);
        for (int i = 0; i < 1_000; i++) {
            sender.publish(i % 2 == 0 ? "one" : "two", bytes("m" + i));
        }
        await().atMost(SOON).until(() -> heard.messages.size() == 1_000);
        assertThat(heard.messages)
                .containsExactlyElementsOf(IntStream.range(0, 1_000)
                        .mapToObj(i -> (i % 2 == 0 ? "one m" : "two m") + i)
                        .toList());
        await().atMost(SOON).until(() -> sender.published() == 1_000);
        assertThat(sender.dropped()).isZero();
    }

    @Test
    void killedRedisIsToldOnceAndFoundAgain() {
        RedisLink receiver = open(heard, "c");
        RedisLink sender = open(published);
        services.stopRedis();
        await().atMost(SOON).until(() -> !receiver.isOpen() && !sender.isOpen());
        sender.publish("c", bytes("nobody hears this"));
        await().atMost(SOON).until(() -> receiver.failures() > 3);
        services.startRedis();
        await().atMost(SOON).until(() -> receiver.isOpen() && sender.isOpen());
        sender.publish("c", bytes("again"));
        await().atMost(SOON).until(() -> heard.messages.contains("c again"));
        assertThat(heard.messages).doesNotContain("c nobody hears this");
        assertThat(heard.states).containsExactly("opened", "lost", "opened");
        assertThat(sender.dropped()).isEqualTo(1);
    }

    @Test
    void hangingRedisIsNoticedByAPublishWithoutAnAnswer() {
        RedisLink sender = open(published);
        services.pauseRedis();
        try {
            sender.publish("c", bytes("x"));
            await().atMost(SOON).until(() -> !sender.isOpen());
        } finally {
            services.resumeRedis();
        }
        await().atMost(SOON).until(sender::isOpen);
        assertThat(published.states).containsExactly("opened", "lost", "opened");
    }

    @Test
    void reopenedLinkIsSubscribedAgain() {
        RedisLink receiver = open(heard, "c");
        receiver.reopen("the test says so");
        await().atMost(SOON).until(() -> receiver.opens() == 2);
        open(published).publish("c", bytes("after"));
        await().atMost(SOON).until(() -> heard.messages.contains("c after"));
        assertThat(heard.states).containsExactly("opened", "lost", "opened");
    }

    @Test
    void closedLinkSaysNothingMore() {
        RedisLink receiver = open(heard, "c");
        receiver.close();
        open(published).publish("c", bytes("x"));
        await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> heard.messages.isEmpty());
        assertThat(heard.states).containsExactly("opened");
    }

    @Test
    void wrongPasswordIsToldAndTriedAgain() {
        String url = services.redisUrl().replace("redis://", "redis://nobody:wrong@");
        RedisLink link = link(url, heard);
        link.open();
        await().atMost(SOON).until(() -> link.failures() > 2);
        assertThat(heard.states).containsExactly("lost");
        assertThat(link.isOpen()).isFalse();
    }

    private RedisLink open(Heard listener, String... channels) {
        RedisLink link = link(services.redisUrl(), listener, channels);
        link.open();
        await().atMost(SOON).until(link::isOpen);
        return link;
    }

    private RedisLink link(String url, Heard listener, String... channels) {
        RedisLink link =
                new RedisLink(VERTX, VERTX.getOrCreateContext(), url, List.of(channels), listener, FAST, () -> 0.5);
        links.add(link);
        return link;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Heard implements RedisLink.Listener {
        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        final BlockingQueue<String> states = new LinkedBlockingQueue<>();

        @Override
        public void opened() {
            states.add("opened");
        }

        @Override
        public void received(String channel, byte[] text) {
            messages.add(channel + " " + new String(text, StandardCharsets.UTF_8));
        }

        @Override
        public void lost(Throwable cause) {
            states.add("lost");
        }
    }
}
