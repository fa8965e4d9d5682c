package io.xenpatch;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Picks the command: serve (default), simulator, demo. */
@SpringBootApplication
public class XenpatchApplication {

    public static void main(String[] args) {
        SpringApplication.run(XenpatchApplication.class, args);
    }
}
