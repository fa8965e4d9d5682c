package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Bytes on their way into an image. They are counted; only the beginning is kept. */
public final class ImageImport {
    /** How much of the beginning is kept, in bytes. */
    public static final int HEAD = 64 * 1024;

    private static final int PARTS = 10;

    private final World world;
    private final Images images;
    private final Row image;
    private final Row task;
    private final long length;
    private final Optional<ApiFailure> failure;
    private final String operation;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private long written;
    private boolean over;

    ImageImport(World world, Images images, Row image, Row task, long length, Optional<ApiFailure> failure) {
        this.world = world;
        this.images = images;
        this.image = image;
        this.task = task;
        this.length = length;
        this.failure = failure;
        this.operation = task.ref();
        world.db().put(image, "current_operations", operation, Images.IN_USE);
    }

    /** Reference of the task that tells how it ends. */
    public String task() {
        return task.ref();
    }

    /** Takes bytes in; {@code bytes} may be used again afterwards. */
    public void accept(byte[] bytes) {
        head.write(bytes, 0, Math.min(bytes.length, HEAD - head.size()));
        var before = part();
        written += bytes.length;
        if (part() > before) {
            world.tasks().progress(task, (double) written / length);
        }
    }

    private long part() {
        return length == 0 ? 0 : written * PARTS / length;
    }

    /** Whether more than half of it has come. */
    public boolean isHalfDone() {
        return written > length / 2;
    }

    /** Everything that will come has come. */
    public void end() {
        if (over) {
            return;
        }
        leave();
        if (failure.isPresent()) {
            world.tasks().fail(task, failure.get());
        } else if (written < length || written > image.number("virtual_size")) {
            world.tasks().fail(task, ApiFailure.of("VDI_IO_ERROR", "Device I/O errors"));
        } else {
            images.written(image, head.toByteArray());
            world.tasks().succeed(task, image.ref());
        }
    }

    /** The connection is gone, whatever has come by then. */
    public void breakOff() {
        if (!over) {
            leave();
            world.tasks().fail(task, ApiFailure.of("VDI_IO_ERROR", "Device I/O errors"));
        }
    }

    private void leave() {
        over = true;
        world.db().remove(image, "current_operations", operation);
    }
}
