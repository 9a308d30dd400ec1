/*
 * The floor of fan-out: one thread, epoll, every message encoded once, one write per socket for all that is pending.
 *
 * It speaks just enough of the contract to be measured in place of the real server: GET /api/market/whitelist answers
 * readiness, GET with a Sec-WebSocket-Key becomes a socket, the first bytes on a socket subscribe it, and the body of
 * POST /api/market/ingest/candle_closed goes to every subscriber as {"type":"candle_closed",<rest of the body>}. The
 * poster writes the body with the server's own key order and number format, so both servers send the same bytes.
 *
 * With --redis-port it also subscribes to the bus and sends the candle_closed events that come from there. With --history
 * every subscriber first gets a file of ready frames: the floor of a storm of clients that catch up.
 *
 * Nothing is stored, checked or healed. Use: minimal_server PORT [--redis-port PORT] [--history FILE]. It ends by a signal.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOG_BYTES_MAX (256u << 20) /* all frames of one life; 256 MiB are 1.5 million frames, hours at 50/s */
#define FDS_MAX (1 << 20)
#define EVENTS_MAX 1024
#define INPUT_BYTES_MAX 65536
#define BUS_BYTES_MAX (1u << 20)
#define BUS_CHANNEL "trade_canvas:market_ws"
#define TYPE_PREFIX "{\"type\":\"candle_closed\","

enum state { CLOSED, HTTP, SOCKET, SUBSCRIBED };

struct connection {
    uint64_t position; /* offset in the log of the next byte that this subscriber has not got */
    char *partial;     /* an incomplete request, kept until its rest arrives */
    uint32_t partial_length;
    uint32_t subscriber; /* index in subscribers while SUBSCRIBED */
    uint8_t state;
    uint8_t blocked; /* the socket's buffer is full; EPOLLOUT continues */
};

static struct connection *connections;
static int *subscribers;
static uint32_t subscriber_count;
static char *frames; /* the log: WebSocket frames, one after the other */
static uint64_t frames_end;
static int has_history; /* the log begins with it, and so does every subscriber */
static int poll_fd;
static int bus_fd = -1;
static char bus[BUS_BYTES_MAX];
static size_t bus_length;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static uint32_t rotate(uint32_t value, int bits) { return (value << bits) | (value >> (32 - bits)); }

static void sha1_block(uint32_t hash[5], const uint8_t *block) {
    uint32_t w[80];
    for (int i = 0; i < 16; i++) {
        w[i] = (uint32_t)block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3];
    }
    for (int i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];
    for (int i = 0; i < 80; i++) {
        uint32_t f = i < 20   ? ((b & c) | (~b & d)) + 0x5A827999
                     : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                     : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC
                              : (b ^ c ^ d) + 0xCA62C1D6;
        uint32_t next = rotate(a, 5) + f + e + w[i];
        e = d, d = c, c = rotate(b, 30), b = a, a = next;
    }
    hash[0] += a, hash[1] += b, hash[2] += c, hash[3] += d, hash[4] += e;
}

/* text is at most 119 bytes: two blocks */
static void sha1(const char *text, size_t length, uint8_t digest[20]) {
    uint32_t hash[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    uint8_t blocks[128] = {0};
    size_t total = length < 56 ? 64 : 128;
    memcpy(blocks, text, length);
    blocks[length] = 0x80;
    for (int i = 0; i < 8; i++) blocks[total - 1 - i] = (uint8_t)((uint64_t)length * 8 >> (8 * i));
    for (size_t offset = 0; offset < total; offset += 64) sha1_block(hash, blocks + offset);
    for (int i = 0; i < 20; i++) digest[i] = (uint8_t)(hash[i / 4] >> (24 - 8 * (i % 4)));
}

static void base64_of_digest(const uint8_t digest[20], char out[29]) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t padded[21] = {0};
    memcpy(padded, digest, 20);
    for (int i = 0, o = 0; i < 21; i += 3) {
        uint32_t bits = padded[i] << 16 | padded[i + 1] << 8 | padded[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6) out[o++] = alphabet[bits >> shift & 63];
    }
    out[27] = '=';
    out[28] = 0;
}

static void drop(int fd) {
    struct connection *connection = &connections[fd];
    if (connection->state == SUBSCRIBED) {
        int moved = subscribers[--subscriber_count];
        subscribers[connection->subscriber] = moved;
        connections[moved].subscriber = connection->subscriber;
    }
    free(connection->partial);
    memset(connection, 0, sizeof *connection);
    close(fd);
}

/* Answers are small and the peer reads them: a full buffer here means that the peer is gone. */
static int answer(int fd, const char *text, size_t length) {
    if (write(fd, text, length) == (ssize_t)length) return 1;
    drop(fd);
    return 0;
}

static int answer_json(int fd, const char *json) {
    char text[512];
    int length = snprintf(text, sizeof text,
                          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                          strlen(json), json);
    return answer(fd, text, (size_t)length);
}

static int upgrade(int fd, const char *key, size_t key_length) {
    char text[256];
    uint8_t digest[20];
    char accept[29];
    if (key_length > 64) {
        drop(fd);
        return 0;
    }
    int length = snprintf(text, sizeof text, "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", (int)key_length, key);
    sha1(text, (size_t)length, digest);
    base64_of_digest(digest, accept);
    length = snprintf(text, sizeof text,
                      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Accept: %s\r\n\r\n",
                      accept);
    connections[fd].state = SOCKET;
    return answer(fd, text, (size_t)length);
}

static void append_frame(const char *body, size_t body_length) {
    size_t payload = strlen(TYPE_PREFIX) + body_length - 1; /* the body without its opening brace */
    if (payload > 65535 || frames_end + payload + 4 > LOG_BYTES_MAX) {
        fprintf(stderr, "the log of %u bytes is full\n", LOG_BYTES_MAX);
        exit(1);
    }
    char *frame = frames + frames_end;
    size_t header = payload < 126 ? 2 : 4;
    frame[0] = (char)0x81;
    if (header == 2) {
        frame[1] = (char)payload;
    } else {
        frame[1] = 126;
        frame[2] = (char)(payload >> 8);
        frame[3] = (char)payload;
    }
    memcpy(frame + header, TYPE_PREFIX, strlen(TYPE_PREFIX));
    memcpy(frame + header + strlen(TYPE_PREFIX), body + 1, body_length - 1);
    frames_end += header + payload;
}

static const char *header_value(const char *request, const char *end, const char *name) {
    size_t length = strlen(name);
    for (const char *line = request; line < end;) {
        if (strncasecmp(line, name, length) == 0) {
            line += length;
            while (*line == ' ') line++;
            return line;
        }
        const char *next = memchr(line, '\n', (size_t)(end - line));
        if (next == NULL) return NULL;
        line = next + 1;
    }
    return NULL;
}

/* Serves one request; returns its length, 0 when it is incomplete, -1 when the connection is gone. */
static ssize_t serve(int fd, char *input, size_t length) {
    char *end = memmem(input, length, "\r\n\r\n", 4);
    if (end == NULL) return 0;
    end += 2;
    const char *key = header_value(input, end, "Sec-WebSocket-Key:");
    if (key != NULL) {
        return upgrade(fd, key, strcspn(key, " \r")) ? end + 2 - input : -1;
    }
    const char *content_length = header_value(input, end, "Content-Length:");
    size_t body_length = content_length == NULL ? 0 : strtoul(content_length, NULL, 10);
    char *body = end + 2;
    if (body_length > INPUT_BYTES_MAX / 2) {
        drop(fd);
        return -1;
    }
    if ((size_t)(body - input) + body_length > length) return 0;
    int alive;
    if (strncmp(input, "POST ", 5) == 0 && body_length > 1) {
        append_frame(body, body_length);
        alive = answer_json(fd, "{\"ok\":true}");
    } else {
        alive = answer_json(fd, "{\"series_ids\":[]}");
    }
    return alive ? body + body_length - input : -1;
}

static void watch(int fd, uint32_t events, int operation) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    if (epoll_ctl(poll_fd, operation, fd, &event) < 0) fail("epoll_ctl");
}

static void push(int fd) {
    struct connection *connection = &connections[fd];
    size_t pending = frames_end - connection->position;
    ssize_t sent = pending == 0 ? 0 : write(fd, frames + connection->position, pending);
    if (sent < 0 && errno != EAGAIN) {
        drop(fd);
        return;
    }
    if (sent > 0) connection->position += (uint64_t)sent;
    uint8_t blocked = sent < (ssize_t)pending;
    if (blocked != connection->blocked) {
        connection->blocked = blocked;
        watch(fd, blocked ? EPOLLIN | EPOLLOUT : EPOLLIN, EPOLL_CTL_MOD);
    }
}

static void subscribe(int fd) {
    struct connection *connection = &connections[fd];
    connection->state = SUBSCRIBED;
    connection->position = has_history ? 0 : frames_end;
    connection->subscriber = subscriber_count;
    subscribers[subscriber_count++] = fd;
    if (has_history) push(fd);
}

static void keep_partial(int fd, const char *rest, size_t length) {
    struct connection *connection = &connections[fd];
    char *kept = NULL;
    if (length > 0) {
        kept = malloc(length);
        if (kept == NULL) fail("malloc");
        memcpy(kept, rest, length);
    }
    free(connection->partial);
    connection->partial = kept;
    connection->partial_length = (uint32_t)length;
}

static void receive(int fd) {
    static char input[INPUT_BYTES_MAX + 1];
    struct connection *connection = &connections[fd];
    size_t length = connection->partial_length;
    if (length > 0) memcpy(input, connection->partial, length);
    ssize_t got = read(fd, input + length, INPUT_BYTES_MAX - length);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        drop(fd);
        return;
    }
    length += (size_t)got;
    input[length] = 0;
    char *next = input;
    while (length > 0 && connection->state == HTTP) {
        ssize_t used = serve(fd, next, length);
        if (used < 0) return;
        if (used == 0) break;
        next += used;
        length -= (size_t)used;
    }
    if (length > 0 && connection->state == SOCKET) subscribe(fd);
    keep_partial(fd, next, connection->state == HTTP ? length : 0);
}

/* {"version":1,"source":"…","series_id":"S","event_type":"candle_closed","payload":{"candle":{…}}}: S and the candle */
static void take_event(const char *event, size_t length) {
    static const char middle[] = ",\"event_type\":\"candle_closed\",\"payload\":{";
    static char body[BUS_BYTES_MAX];
    const char *series = memmem(event, length, "\"series_id\":", 12);
    const char *cut = memmem(event, length, middle, sizeof middle - 1);
    if (series == NULL || cut == NULL || cut < series) return;
    const char *candle = cut + sizeof middle - 1;
    size_t series_length = (size_t)(cut - series);
    size_t candle_length = (size_t)(event + length - 1 - candle); /* with the payload's brace, without the event's */
    body[0] = '{';
    memcpy(body + 1, series, series_length);
    body[1 + series_length] = ',';
    memcpy(body + 2 + series_length, candle, candle_length);
    append_frame(body, 2 + series_length + candle_length);
}

/* The next string of a push at *at, NULL where it is incomplete. */
static char *bus_string(char **at, size_t *length) {
    char *end = memchr(*at, '\n', (size_t)(bus + bus_length - *at));
    if (end == NULL) return NULL;
    *length = **at == '$' ? strtoul(*at + 1, NULL, 10) : 0; /* :1 closes the answer to SUBSCRIBE */
    char *text = end + 1;
    size_t whole = **at == '$' ? *length + 2 : 0;
    if ((size_t)(bus + bus_length - text) < whole) return NULL;
    *at = text + whole;
    return text;
}

/* Every push of a subscription is an array of three: its kind, the channel, what was published. */
static void receive_bus(void) {
    ssize_t got = read(bus_fd, bus + bus_length, sizeof bus - bus_length);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        fprintf(stderr, "Redis is gone\n");
        exit(1);
    }
    bus_length += (size_t)got;
    char *used = bus;
    for (;;) {
        char *at = memchr(used, '\n', (size_t)(bus + bus_length - used));
        size_t kind_length, length;
        if (at++ == NULL) break;
        char *kind = bus_string(&at, &kind_length);
        if (kind == NULL || bus_string(&at, &length) == NULL) break;
        char *event = bus_string(&at, &length);
        if (event == NULL) break;
        if (kind_length == 7 && memcmp(kind, "message", 7) == 0) take_event(event, length);
        used = at;
    }
    bus_length -= (size_t)(used - bus);
    memmove(bus, used, bus_length);
}

static void subscribe_to_bus(int port) {
    static const char request[] = "SUBSCRIBE " BUS_CHANNEL "\r\n";
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bus_fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(bus_fd, (struct sockaddr *)&address, sizeof address) < 0) fail("connect to Redis");
    if (write(bus_fd, request, sizeof request - 1) != sizeof request - 1) fail("subscribe to Redis");
    watch(bus_fd, EPOLLIN, EPOLL_CTL_ADD); /* blocking, but only read when there is something */
}

static void load_history(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail(path);
    frames_end = fread(frames, 1, LOG_BYTES_MAX, file);
    fclose(file);
    has_history = 1;
}

static void fan_out(void) {
    /* backwards, because dropping a subscriber moves the last one into its place */
    for (uint32_t i = subscriber_count; i-- > 0;) {
        if (!connections[subscribers[i]].blocked) push(subscribers[i]);
    }
}

static void accept_all(int listener) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (fd < 0) return;
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connections[fd].state = HTTP;
        watch(fd, EPOLLIN, EPOLL_CTL_ADD);
    }
}

static int listen_on(int port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
    if (listen(listener, 4096) < 0) fail("listen");
    return listener;
}

int main(int argc, char **argv) {
    int redis_port = 0;
    const char *history = NULL;
    for (int i = 2; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--redis-port") == 0) redis_port = atoi(argv[i + 1]);
        if (strcmp(argv[i], "--history") == 0) history = argv[i + 1];
    }
    if (argc < 2 || argc % 2 != 0 || argc != 2 + 2 * (redis_port != 0) + 2 * (history != NULL)) {
        fprintf(stderr, "use: minimal_server PORT [--redis-port PORT] [--history FILE]\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    /* untouched pages of these cost no memory */
    connections = calloc(FDS_MAX, sizeof *connections);
    subscribers = calloc(FDS_MAX, sizeof *subscribers);
    frames = malloc(LOG_BYTES_MAX);
    poll_fd = epoll_create1(0);
    int listener = listen_on(atoi(argv[1]));
    if (connections == NULL || subscribers == NULL || frames == NULL || poll_fd < 0) fail("start");
    watch(listener, EPOLLIN, EPOLL_CTL_ADD);
    if (history != NULL) load_history(history);
    if (redis_port != 0) subscribe_to_bus(redis_port);

    static struct epoll_event events[EVENTS_MAX];
    uint64_t fanned_out = frames_end;
    for (;;) {
        int count = epoll_wait(poll_fd, events, EVENTS_MAX, -1);
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                accept_all(listener);
                continue;
            }
            if (fd == bus_fd) {
                receive_bus();
                continue;
            }
            if (events[i].events & EPOLLOUT && connections[fd].state == SUBSCRIBED) push(fd);
            if (events[i].events & ~EPOLLOUT && connections[fd].state != CLOSED) receive(fd);
        }
        if (frames_end > fanned_out) {
            fanned_out = frames_end;
            fan_out();
        }
    }
}
