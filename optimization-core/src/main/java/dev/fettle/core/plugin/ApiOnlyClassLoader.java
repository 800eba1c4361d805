package dev.fettle.core.plugin;

/**
 * The parent of a plugin's class loader: shows the API and what the API needs, and nothing of the core or of the libraries
 * that it uses, so that a plugin may bring its own versions.
 */
final class ApiOnlyClassLoader extends ClassLoader {
    private static final String[] SHOWN = {"dev.fettle.api.", "com.fasterxml.jackson.annotation.", "org.jspecify."};

    private final ClassLoader application;

    ApiOnlyClassLoader(ClassLoader application) {
        super(ClassLoader.getPlatformClassLoader());
        this.application = application;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (String prefix : SHOWN) {
            if (name.startsWith(prefix)) {
                return application.loadClass(name);
            }
        }
        throw new ClassNotFoundException(name);
    }
}
