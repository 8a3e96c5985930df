package dev.holdfast.handler;

/**
 * The handler methods of one server, prepared to be called. Immutable.
 */
public final class ServerHandlers {

}
