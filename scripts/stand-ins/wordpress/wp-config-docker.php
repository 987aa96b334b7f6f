<?php
// The settings come from the environment, WORDPRESS_NAME or, as a file, WORDPRESS_NAME_FILE.
function setting(string $name, string $default): string {
	$file = getenv("WORDPRESS_{$name}_FILE");
	if ($file) {
		return rtrim(file_get_contents($file), "\r\n");
	}
	$value = getenv("WORDPRESS_$name");
	return $value === false ? $default : $value;
}

define('DB_NAME', setting('DB_NAME', 'wordpress'));
define('DB_USER', setting('DB_USER', 'example username'));
define('DB_PASSWORD', setting('DB_PASSWORD', 'example password'));
define('DB_HOST', setting('DB_HOST', 'mysql'));
define('DB_CHARSET', setting('DB_CHARSET', 'utf8mb4'));
define('DB_COLLATE', setting('DB_COLLATE', ''));
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $key) {
	define("{$key}_KEY", setting("{$key}_KEY", hash('sha256', "$key key " . DB_PASSWORD)));
	define("{$key}_SALT", setting("{$key}_SALT", hash('sha256', "$key salt " . DB_PASSWORD)));
}
$table_prefix = setting('TABLE_PREFIX', 'wp_');
define('WP_DEBUG', (bool) setting('DEBUG', ''));
if (!defined('ABSPATH')) {
	define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
