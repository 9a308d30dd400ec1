package tradecanvas.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a database file: an exclusive lock on {@code <db>.lock}, which holds the owner's process id as text.
 *
 * <p>The kernel releases it with the process. The file stays behind, so that nobody locks one that is being deleted.
 * Threads: any.
 */
final class LockFile implements AutoCloseable {
    private static final int PID_BYTES_MAX = 32;

    // Closing any channel of a file drops every lock that this process has on it (POSIX), so a second opening in one
    // JVM is refused before it touches the file. The kernel keeps one table of locks per process, and this is ours.
    private static final Set<Object> HELD_HERE = new HashSet<>();

    private final FileChannel channel;
    private final Object fileKey;

    private LockFile(FileChannel channel, Object fileKey) {
        this.channel = channel;
        this.fileKey = fileKey;
    }

    /** Takes the lock or fails at once, naming the process that has it. */
    static LockFile acquire(Path database) throws IOException {
        Path lockPath = database.resolveSibling(database.getFileName() + ".lock");
        synchronized (HELD_HERE) {
            if (Files.exists(lockPath) && HELD_HERE.contains(keyOf(lockPath))) {
                throw inUse(
                        database,
                        lockPath,
                        Long.toString(ProcessHandle.current().pid()));
            }
            FileChannel channel = FileChannel.open(
                    lockPath, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (tryLock(channel) == null) {
                    throw inUse(database, lockPath, readPid(channel));
                }
                writePid(channel);
                LockFile lock = new LockFile(channel, keyOf(lockPath));
                HELD_HERE.add(lock.fileKey);
                return lock;
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByAnotherClassLoader) {
            return null;
        }
    }

    private static SqliteException inUse(Path database, Path lockPath, String pid) {
        return new SqliteException(
                "SQLite file " + database + " is in use by process " + pid + ", which holds " + lockPath);
    }

    private static Object keyOf(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toRealPath() : key;
    }

    private static String readPid(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES_MAX);
        channel.read(bytes, 0);
        String pid = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
        return pid.isEmpty() ? "unknown" : pid;
    }

    private static void writePid(FileChannel channel) throws IOException {
        channel.truncate(0);
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
    }

    @Override
    public void close() {
        synchronized (HELD_HERE) {
            try {
                channel.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } finally {
                HELD_HERE.remove(fileKey);
            }
        }
    }
}
