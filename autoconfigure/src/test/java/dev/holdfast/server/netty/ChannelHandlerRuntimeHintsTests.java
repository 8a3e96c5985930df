package dev.holdfast.server.netty;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.netty.channel.ChannelHandler;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChannelHandlerRuntimeHints}.
 */
class ChannelHandlerRuntimeHintsTests {

	@Test
	void registerHintsWhenNativeImageIsBuiltFindsEachChannelHandler() {
		RuntimeHints hints = new RuntimeHints();
		new ChannelHandlerRuntimeHints().registerHints(hints, getClass().getClassLoader());
		assertThat(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("dev.holdfast")
			.stream()
			.filter((type) -> type.isAssignableTo(ChannelHandler.class))
			.filter((type) -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
			.map(JavaClass::getName)).contains(FramedConnection.class.getName())
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(type)))
				.accepts(hints));
	}

	@Test
	void registrarWhenFactoriesAreLoadedIsAmongThem() {
		assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)).hasAtLeastOneElementOfType(ChannelHandlerRuntimeHints.class);
	}

}
