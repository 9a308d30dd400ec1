/** Roles as processes of their own, and what holds between them. */
@NullMarked
package tradecanvas.system.roles;

import org.jspecify.annotations.NullMarked;
