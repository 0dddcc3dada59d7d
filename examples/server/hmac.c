#include "hmac.h"

#include <gcrypt.h>

int hmac_prepare(void)
{
    if (gcry_check_version(GCRYPT_VERSION) == NULL)
        return 0;
    gcry_control(GCRYCTL_DISABLE_SECMEM, 0); /* the secret is in ordinary memory anyway */
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    return 1;
}

int hmac_sha256(const void *key, size_t key_size, const void *data, size_t size,
                unsigned char out[HMAC_BYTES])
{
    gcry_mac_hd_t mac;
    size_t written = HMAC_BYTES;
    if (gcry_mac_open(&mac, GCRY_MAC_HMAC_SHA256, 0, NULL) != 0)
        return 0;
    int ok = gcry_mac_setkey(mac, key, key_size) == 0 && gcry_mac_write(mac, data, size) == 0 &&
             gcry_mac_read(mac, out, &written) == 0 && written == HMAC_BYTES;
    gcry_mac_close(mac);
    return ok;
}
