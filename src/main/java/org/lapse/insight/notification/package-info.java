/**
 * Who wants to hear of what happens, and how do they?
 *
 * <p>An application opens a channel ({@link org.lapse.insight.notification.Channels}), says which topics it wants to
 * hear of ({@link org.lapse.insight.notification.Topic}) and connects a WebSocket ({@link
 * org.lapse.insight.notification.ChannelEndpoint}). What happens becomes a {@link
 * org.lapse.insight.notification.Notice} once its transaction has succeeded, and every notice goes through {@link
 * org.lapse.insight.notification.Sockets#deliver}. What happened on another node is read from its rows, by the numbers of
 * changes, and goes the same way.
 * Imports {@code presence}, {@code page}, {@code session}, {@code timer} and what those import; nobody imports it.
 */
package org.lapse.insight.notification;
