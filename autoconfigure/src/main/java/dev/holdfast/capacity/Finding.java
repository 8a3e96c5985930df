package dev.holdfast.capacity;

/**
 * Something that costs connections or speed and can be mended. Immutable.
 *
 * @param subject the property or the setting
 * @param message what is wrong
 * @param cure what mends it
 */
public record Finding(String subject, String message, String cure) {

}
