/** Xenpatch: keeps XenServer, Citrix Hypervisor and XCP-ng pools patched with the least possible downtime. */
@NullMarked
package io.xenpatch;

import org.jspecify.annotations.NullMarked;
