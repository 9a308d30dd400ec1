package tradecanvas.gateway.app;

import java.util.List;
import tradecanvas.gateway.socket.DeliveryConfig;
import tradecanvas.gateway.socket.GatewayConfig;
import tradecanvas.runtime.config.SettingsCatalog;

/** The settings of the gateway. */
public final class GatewaySettings implements SettingsCatalog {
    @Override
    public List<Class<?>> mappings() {
        return List.of(GatewayConfig.class, DeliveryConfig.class);
    }
}
