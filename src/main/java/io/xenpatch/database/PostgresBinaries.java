package io.xenpatch.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL programs that the jar carries, once a directory. */
final class PostgresBinaries {
    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /** @param parent holds one directory a PostgreSQL version; several processes may unpack there at once */
    static PostgresBinaries in(Path parent) throws IOException {
        var url = PostgresBinaries.class.getResource("/" + archive());
        if (url == null) {
            throw new IllegalStateException("There is no embedded PostgreSQL for this platform (" + archive()
                    + "); set SPRING_DATASOURCE_URL to a PostgreSQL server");
        }
        var connection = url.openConnection();
        var home = parent.resolve("postgresql-" + Long.toHexString(connection.getContentLengthLong()));
        if (!Files.isDirectory(home)) {
            try (var in = connection.getInputStream()) {
                unpack(in, parent, home);
            }
        }
        return new PostgresBinaries(home);
    }

    /** @param program {@code initdb}, {@code pg_ctl} or {@code postgres} */
    Path program(String program) {
        return home.resolve("bin").resolve(program);
    }

    private static String archive() {
        var arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return "postgres-linux-" + (arch.equals("aarch64") ? "arm_64" : "x86_64") + ".txz";
    }

    private static void unpack(InputStream archive, Path parent, Path home) throws IOException {
        Files.createDirectories(parent);
        var unfinished = Files.createTempDirectory(parent, "unpacking-");
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, unfinished);
            }
            Files.move(unfinished, home);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            } // else another process was faster
        } finally {
            FileSystemUtils.deleteRecursively(unfinished);
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        var target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("An entry leaves the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            var mode = (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x";
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
        }
    }
}
