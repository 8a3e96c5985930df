package dev.holdfast.codec;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PayloadConverterTests {

	private static final String TEXT = "gr\u00fc\u00df \u20ac \ud83d\ude00";

	private final PayloadConverter converter = new PayloadConverter(StandardCharsets.UTF_8, String.class, null);

	@ParameterizedTest
	@MethodSource("buffers")
	void decodeWhenTypeIsTextReturnsText(ByteBuf in) throws Exception {
		assertThat(decode(this.converter, String.class, in)).isEqualTo(TEXT);
		assertThat(decode(this.converter, CharSequence.class, in)).isEqualTo(TEXT);
		in.release();
	}

	@ParameterizedTest
	@MethodSource("buffers")
	void decodeWhenTypeIsBytesReturnsBytes(ByteBuf in) throws Exception {
		byte[] expected = TEXT.getBytes(StandardCharsets.UTF_8);
		assertThat(decode(this.converter, byte[].class, in)).isEqualTo(expected);
		assertThat(decode(this.converter, ByteBuffer.class, in)).isEqualTo(ByteBuffer.wrap(expected));
		assertThat(decode(this.converter, ByteBuf.class, in)).isEqualTo(Unpooled.wrappedBuffer(expected));
		in.release();
	}

	@ParameterizedTest
	@MethodSource("buffers")
	void decodeWhenCalledLeavesIndexesAndReferenceCount(ByteBuf in) throws Exception {
		for (Type type : new Type[] { String.class, byte[].class, ByteBuffer.class, ByteBuf.class }) {
			decode(this.converter, type, in);
		}
		assertThat(in.readerIndex()).isZero();
		assertThat(in.refCnt()).isOne();
		in.release();
	}

	@Test
	void decodeWhenBufferChangesAfterwardsKeepsCopiedBytes() throws Exception {
		ByteBuf in = Unpooled.wrappedBuffer(new byte[] { 1, 2, 3 });
		byte[] bytes = (byte[]) decoder(this.converter, byte[].class).decode(in, 1, 2);
		ByteBuffer buffer = (ByteBuffer) decoder(this.converter, ByteBuffer.class).decode(in, 1, 2);
		in.setZero(0, 3);
		assertThat(bytes).containsExactly(2, 3);
		assertThat(buffer).isEqualTo(ByteBuffer.wrap(new byte[] { 2, 3 }));
	}

	@Test
	void decodeWhenCharsetIsGivenUsesIt() throws Exception {
		PayloadConverter latin = new PayloadConverter(StandardCharsets.ISO_8859_1, String.class, null);
		assertThat(latin.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
		ByteBuf in = Unpooled.wrappedBuffer(new byte[] { (byte) 0xfc });
		assertThat(decoder(latin, String.class).decode(in, 0, 1)).isEqualTo("\u00fc");
	}

	@Test
	void decodeWhenBytesAreNoTextReturnsReplacementCharacters() throws Exception {
		ByteBuf in = Unpooled.wrappedBuffer(new byte[] { 'a', (byte) 0xff, 'b' });
		assertThat(decoder(this.converter, String.class).decode(in, 0, 3)).isEqualTo("a\ufffdb");
	}

	@Test
	void decoderWhenTypeIsObjectUsesDefaultType() throws Exception {
		ByteBuf in = Unpooled.wrappedBuffer(new byte[] { 'a' });
		assertThat(decoder(this.converter, Object.class).decode(in, 0, 1)).isEqualTo("a");
		PayloadConverter bytes = new PayloadConverter(StandardCharsets.UTF_8, byte[].class, null);
		assertThat(decoder(bytes, Object.class).decode(in, 0, 1)).isEqualTo(new byte[] { 'a' });
	}

	@Test
	void decoderWhenThereIsNoCodecReturnsNull() {
		assertThat(this.converter.decoder(Map.class)).isNull();
	}

	@Test
	void decoderWhenThereIsCodecUsesItForOtherTypes() throws Exception {
		PayloadConverter converter = converter(Object.class);
		ByteBuf in = Unpooled.wrappedBuffer("xab".getBytes(StandardCharsets.UTF_8));
		assertThat(decoder(converter, StringBuilder.class).decode(in, 1, 2)).hasToString("ab");
		assertThat(decoder(converter, Object.class).decode(in, 1, 2)).hasToString("ab")
			.isInstanceOf(StringBuilder.class);
		assertThat(decoder(converter, String.class).decode(in, 1, 2)).isEqualTo("ab");
	}

	@ParameterizedTest
	@MethodSource("charsets")
	void encodeWhenMessageIsTextWritesIt(Charset charset) throws Exception {
		PayloadConverter converter = new PayloadConverter(charset, String.class, null);
		assertThat(encode(converter, TEXT)).isEqualTo(TEXT.getBytes(charset));
		assertThat(encode(converter, new StringBuilder(TEXT))).isEqualTo(TEXT.getBytes(charset));
	}

	@Test
	void encodeWhenMessageIsBytesWritesThemAndLeavesMessage() throws Exception {
		byte[] bytes = { 1, 2, 3 };
		ByteBuf buffer = Unpooled.wrappedBuffer(bytes).readerIndex(1);
		ByteBuffer nioBuffer = ByteBuffer.wrap(bytes).position(1);
		assertThat(encode(this.converter, bytes)).containsExactly(1, 2, 3);
		assertThat(encode(this.converter, buffer)).containsExactly(2, 3);
		assertThat(encode(this.converter, nioBuffer)).containsExactly(2, 3);
		assertThat(buffer.readerIndex()).isOne();
		assertThat(buffer.refCnt()).isOne();
		assertThat(nioBuffer.position()).isOne();
	}

	@Test
	void encodeWhenThereIsNoCodecThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> encode(this.converter, Map.of()))
			.withMessageStartingWith("No codec for java.util.")
			.withMessageContaining("spring-boot-starter-jackson");
	}

	@Test
	void encodeWhenThereIsCodecUsesItForOtherTypes() throws Exception {
		assertThat(encode(converter(Object.class), 42)).containsExactly('4', '2');
	}

	@Test
	void isTextWhenMessageIsTextOrBytesDoesNotDependOnCodec() {
		assertThat(this.converter.isText("a")).isTrue();
		assertThat(this.converter.isText(new byte[0])).isFalse();
		assertThat(this.converter.isText(Unpooled.EMPTY_BUFFER)).isFalse();
		assertThat(this.converter.isText(ByteBuffer.allocate(0))).isFalse();
	}

	@Test
	void isTextWhenMessageIsObjectDependsOnCodec() {
		assertThat(this.converter.isText(42)).isFalse();
		assertThat(converter(Object.class).isText(42)).isTrue();
	}

	static Stream<ByteBuf> buffers() {
		byte[] bytes = ("??" + TEXT + "?").getBytes(StandardCharsets.UTF_8);
		ByteBuf array = Unpooled.wrappedBuffer(bytes);
		ByteBuf direct = Unpooled.directBuffer().writeBytes(bytes);
		ByteBuf around = Unpooled.buffer().writeZero(3).writeBytes(bytes).writeZero(2);
		return Stream.of(array, direct, around.slice(3, bytes.length));
	}

	static Stream<Charset> charsets() {
		return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1);
	}

	private Object decode(PayloadConverter converter, Type type, ByteBuf in) throws Exception {
		return decoder(converter, type).decode(in, 2, in.readableBytes() - 3);
	}

	private PayloadDecoder decoder(PayloadConverter converter, Type type) {
		PayloadDecoder decoder = converter.decoder(type);
		assertThat(decoder).isNotNull();
		return decoder;
	}

	private byte[] encode(PayloadConverter converter, Object message) throws Exception {
		ByteBuf out = Unpooled.buffer();
		converter.encode(message, out);
		byte[] bytes = new byte[out.readableBytes()];
		out.readBytes(bytes);
		return bytes;
	}

	private PayloadConverter converter(Type defaultType) {
		return new PayloadConverter(StandardCharsets.UTF_8, defaultType, new StringBuilderCodec());
	}

	private static final class StringBuilderCodec implements PayloadCodec {

		@Override
		public Object decode(ByteBuf payload, Type type) {
			return new StringBuilder(payload.toString(StandardCharsets.UTF_8));
		}

		@Override
		public void encode(Object message, ByteBuf out) {
			out.writeCharSequence(String.valueOf(message), StandardCharsets.UTF_8);
		}

		@Override
		public boolean isText() {
			return true;
		}

	}

}
