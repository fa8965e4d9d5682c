@org.jspecify.annotations.NullMarked
package io.xenpatch.simulator.repository;
