<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms|AttributeTable|MapTips|Temporal" labelsEnabled="1">
 <temporal enabled="1" mode="2" startField="time_start" endField="time_end" limitMode="0" accumulate="0" fixedDuration="0" durationUnit="min" durationField="" startExpression="" endExpression="">
  <fixedRange>
   <start/>
   <end/>
  </fixedRange>
 </temporal>
 <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="0" forceraster="0">
  <rules key="masar">
   <rule key="patrols-joint" filter="(array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;) AND array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Turkey&apos;))" label="joint">
    <rule key="patrols-0" filter="NOT coalesce(&quot;undirected&quot;, false) AND NOT coalesce(&quot;reverse&quot;, false) AND NOT coalesce(&quot;abbreviated&quot;, false) AND coalesce(&quot;modality&quot;, &apos;reported&apos;) = &apos;reported&apos; AND coalesce(&quot;geometry_quality&quot;, &apos;&apos;) &lt;&gt; &apos;road&apos;" label="joint patrol" symbol="0"/>
    <rule key="patrols-1" filter="NOT coalesce(&quot;undirected&quot;, false) AND coalesce(&quot;reverse&quot;, false) AND NOT coalesce(&quot;abbreviated&quot;, false) AND coalesce(&quot;modality&quot;, &apos;reported&apos;) = &apos;reported&apos; AND coalesce(&quot;geometry_quality&quot;, &apos;&apos;) &lt;&gt; &apos;road&apos;" label="joint patrol, reversed" symbol="1"/>
    <rule key="patrols-2" filter="coalesce(&quot;undirected&quot;, false) AND coalesce(&quot;abbreviated&quot;, false) AND coalesce(&quot;modality&quot;, &apos;reported&apos;) = &apos;reported&apos; AND coalesce(&quot;geometry_quality&quot;, &apos;&apos;) &lt;&gt; &apos;road&apos;" label="joint patrol, abbreviated, direction not told" symbol="2"/>
   </rule>
   <rule key="patrols-band" filter="&quot;uncertainty_m&quot; &gt; 0" label="how far a line may be off" symbol="3" checkstate="0"/>
   <rule key="patrols-4" filter="NOT (((array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;) AND array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Turkey&apos;)) AND NOT coalesce(&quot;undirected&quot;, false) AND NOT coalesce(&quot;reverse&quot;, false) AND NOT coalesce(&quot;abbreviated&quot;, false) AND coalesce(&quot;modality&quot;, &apos;reported&apos;) = &apos;reported&apos; AND coalesce(&quot;geometry_quality&quot;, &apos;&apos;) &lt;&gt; &apos;road&apos;) OR ((array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;) AND array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Turkey&apos;)) AND NOT coalesce(&quot;undirected&quot;, false) AND coalesce(&quot;reverse&quot;, false) AND NOT coalesce(&quot;abbreviated&quot;, false) AND coalesce(&quot;modality&quot;, &apos;reported&apos;) = &apos;reported&apos; AND coalesce(&quot;geometry_quality&quot;, &apos;&apos;) &lt;&gt; &apos;road&apos;) OR ((array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;) AND array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Turkey&apos;)) AND coalesce(&quot;undirected&quot;, false) AND coalesce(&quot;abbreviated&quot;, false) AND coalesce(&quot;modality&quot;, &apos;reported&apos;) = &apos;reported&apos; AND coalesce(&quot;geometry_quality&quot;, &apos;&apos;) &lt;&gt; &apos;road&apos;))" label="anything else" symbol="4"/>
  </rules>
  <symbols>
   <symbol type="line" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,217"/>
      <Option name="line_width" type="QString" value="1.85"/>
      <Option name="line_width_unit" type="QString" value="MM"/>
      <Option name="line_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="offset_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="line_color" type="QString" value="123,45,142,255"/>
      <Option name="line_width" type="QString" value="1.06"/>
      <Option name="line_width_unit" type="QString" value="MM"/>
      <Option name="line_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="offset_unit" type="QString" value="MM"/>
      <Option name="capstyle" type="QString" value="flat"/>
      <Option name="use_custom_dash" type="QString" value="1"/>
      <Option name="customdash" type="QString" value="2.38;1.32"/>
      <Option name="customdash_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="MarkerLine" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option name="placement" type="QString" value="interval"/>
      <Option name="interval" type="QString" value="16.93"/>
      <Option name="interval_unit" type="QString" value="MM"/>
      <Option name="offset_along_line" type="QString" value="2.38"/>
      <Option name="offset_along_line_unit" type="QString" value="MM"/>
      <Option name="offset_unit" type="QString" value="MM"/>
      <Option name="rotate" type="QString" value="1"/>
      <Option name="average_angle_length" type="QString" value="3.17"/>
      <Option name="average_angle_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="interval" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="(length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / max(1, round((length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / 16.93))"/>
         <Option name="type" type="int" value="3"/>
        </Option>
        <Option name="offsetAlongLine" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="((length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / max(1, round((length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / 16.93))) / 2"/>
         <Option name="type" type="int" value="3"/>
        </Option>
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
     <symbol type="marker" name="@0@2" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="name" type="QString" value="filled_arrowhead"/>
        <Option name="color" type="QString" value="255,255,255,255"/>
        <Option name="outline_color" type="QString" value="255,255,255,255"/>
        <Option name="outline_width" type="QString" value="0.93"/>
        <Option name="outline_width_unit" type="QString" value="MM"/>
        <Option name="outline_style" type="QString" value="solid"/>
        <Option name="joinstyle" type="QString" value="round"/>
        <Option name="cap_style" type="QString" value="flat"/>
        <Option name="size" type="QString" value="4.02"/>
        <Option name="size_unit" type="QString" value="MM"/>
        <Option name="offset" type="QString" value="0.00,0"/>
        <Option name="offset_unit" type="QString" value="MM"/>
       </Option>
      </layer>
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="name" type="QString" value="filled_arrowhead"/>
        <Option name="color" type="QString" value="123,45,142,255"/>
        <Option name="outline_color" type="QString" value="123,45,142,255"/>
        <Option name="outline_width" type="QString" value="0.42"/>
        <Option name="outline_width_unit" type="QString" value="MM"/>
        <Option name="outline_style" type="QString" value="solid"/>
        <Option name="joinstyle" type="QString" value="round"/>
        <Option name="cap_style" type="QString" value="flat"/>
        <Option name="size" type="QString" value="4.02"/>
        <Option name="size_unit" type="QString" value="MM"/>
        <Option name="offset" type="QString" value="0.00,0"/>
        <Option name="offset_unit" type="QString" value="MM"/>
       </Option>
      </layer>
     </symbol>
    </layer>
   </symbol>
   <symbol type="line" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,217"/>
      <Option name="line_width" type="QString" value="1.85"/>
      <Option name="line_width_unit" type="QString" value="MM"/>
      <Option name="line_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="offset_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="line_color" type="QString" value="123,45,142,255"/>
      <Option name="line_width" type="QString" value="1.06"/>
      <Option name="line_width_unit" type="QString" value="MM"/>
      <Option name="line_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="offset_unit" type="QString" value="MM"/>
      <Option name="capstyle" type="QString" value="flat"/>
      <Option name="use_custom_dash" type="QString" value="1"/>
      <Option name="customdash" type="QString" value="2.38;1.32"/>
      <Option name="customdash_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="MarkerLine" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option name="placement" type="QString" value="interval"/>
      <Option name="interval" type="QString" value="16.93"/>
      <Option name="interval_unit" type="QString" value="MM"/>
      <Option name="offset_along_line" type="QString" value="2.38"/>
      <Option name="offset_along_line_unit" type="QString" value="MM"/>
      <Option name="offset_unit" type="QString" value="MM"/>
      <Option name="rotate" type="QString" value="1"/>
      <Option name="average_angle_length" type="QString" value="3.17"/>
      <Option name="average_angle_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="interval" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="(length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / max(1, round((length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / 16.93))"/>
         <Option name="type" type="int" value="3"/>
        </Option>
        <Option name="offsetAlongLine" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="((length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / max(1, round((length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / 16.93))) / 2"/>
         <Option name="type" type="int" value="3"/>
        </Option>
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
     <symbol type="marker" name="@1@2" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="name" type="QString" value="filled_arrowhead"/>
        <Option name="color" type="QString" value="255,255,255,255"/>
        <Option name="outline_color" type="QString" value="255,255,255,255"/>
        <Option name="outline_width" type="QString" value="0.93"/>
        <Option name="outline_width_unit" type="QString" value="MM"/>
        <Option name="outline_style" type="QString" value="solid"/>
        <Option name="joinstyle" type="QString" value="round"/>
        <Option name="cap_style" type="QString" value="flat"/>
        <Option name="size" type="QString" value="4.02"/>
        <Option name="size_unit" type="QString" value="MM"/>
        <Option name="offset" type="QString" value="0.00,0"/>
        <Option name="offset_unit" type="QString" value="MM"/>
       </Option>
      </layer>
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="name" type="QString" value="filled_arrowhead"/>
        <Option name="color" type="QString" value="255,255,255,255"/>
        <Option name="outline_color" type="QString" value="123,45,142,255"/>
        <Option name="outline_width" type="QString" value="0.42"/>
        <Option name="outline_width_unit" type="QString" value="MM"/>
        <Option name="outline_style" type="QString" value="solid"/>
        <Option name="joinstyle" type="QString" value="round"/>
        <Option name="cap_style" type="QString" value="flat"/>
        <Option name="size" type="QString" value="4.02"/>
        <Option name="size_unit" type="QString" value="MM"/>
        <Option name="offset" type="QString" value="0.00,0"/>
        <Option name="offset_unit" type="QString" value="MM"/>
       </Option>
      </layer>
     </symbol>
    </layer>
   </symbol>
   <symbol type="line" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,217"/>
      <Option name="line_width" type="QString" value="1.85"/>
      <Option name="line_width_unit" type="QString" value="MM"/>
      <Option name="line_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="offset_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="line_color" type="QString" value="123,45,142,255"/>
      <Option name="line_width" type="QString" value="1.06"/>
      <Option name="line_width_unit" type="QString" value="MM"/>
      <Option name="line_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="offset_unit" type="QString" value="MM"/>
      <Option name="capstyle" type="QString" value="flat"/>
      <Option name="use_custom_dash" type="QString" value="1"/>
      <Option name="customdash" type="QString" value="2.38;1.32"/>
      <Option name="customdash_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="MarkerLine" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option name="placement" type="QString" value="interval"/>
      <Option name="interval" type="QString" value="16.93"/>
      <Option name="interval_unit" type="QString" value="MM"/>
      <Option name="offset_along_line" type="QString" value="2.38"/>
      <Option name="offset_along_line_unit" type="QString" value="MM"/>
      <Option name="offset_unit" type="QString" value="MM"/>
      <Option name="rotate" type="QString" value="1"/>
      <Option name="average_angle_length" type="QString" value="3.17"/>
      <Option name="average_angle_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="interval" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="(length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / max(1, round((length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / 16.93))"/>
         <Option name="type" type="int" value="3"/>
        </Option>
        <Option name="offsetAlongLine" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="((length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / max(1, round((length(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;)) / @map_scale * 1000) / 16.93))) / 2"/>
         <Option name="type" type="int" value="3"/>
        </Option>
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
     <symbol type="marker" name="@2@2" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="name" type="QString" value="line"/>
        <Option name="color" type="QString" value="255,255,255,255"/>
        <Option name="outline_color" type="QString" value="255,255,255,255"/>
        <Option name="outline_width" type="QString" value="1.32"/>
        <Option name="outline_width_unit" type="QString" value="MM"/>
        <Option name="outline_style" type="QString" value="solid"/>
        <Option name="joinstyle" type="QString" value="round"/>
        <Option name="cap_style" type="QString" value="flat"/>
        <Option name="size" type="QString" value="4.02"/>
        <Option name="size_unit" type="QString" value="MM"/>
        <Option name="offset" type="QString" value="0.00,0"/>
        <Option name="offset_unit" type="QString" value="MM"/>
       </Option>
      </layer>
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="name" type="QString" value="line"/>
        <Option name="color" type="QString" value="123,45,142,255"/>
        <Option name="outline_color" type="QString" value="123,45,142,255"/>
        <Option name="outline_width" type="QString" value="0.58"/>
        <Option name="outline_width_unit" type="QString" value="MM"/>
        <Option name="outline_style" type="QString" value="solid"/>
        <Option name="joinstyle" type="QString" value="round"/>
        <Option name="cap_style" type="QString" value="flat"/>
        <Option name="size" type="QString" value="4.02"/>
        <Option name="size_unit" type="QString" value="MM"/>
        <Option name="offset" type="QString" value="0.00,0"/>
        <Option name="offset_unit" type="QString" value="MM"/>
       </Option>
      </layer>
     </symbol>
    </layer>
   </symbol>
   <symbol type="line" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="GeometryGenerator" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="SymbolType" type="QString" value="Fill"/>
      <Option name="geometryModifier" type="QString" value="transform(buffer(transform($geometry, &apos;EPSG:4326&apos;, &apos;EPSG:3857&apos;), &quot;uncertainty_m&quot; / max(0.02, cos(radians(y(centroid($geometry))))), 12), &apos;EPSG:3857&apos;, &apos;EPSG:4326&apos;)"/>
      <Option name="units" type="QString" value="MapUnit"/>
     </Option>
     <symbol type="fill" name="@3@0" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="color" type="QString" value="69,90,100,41"/>
        <Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="69,90,100,140"/>
        <Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.26"/>
        <Option name="outline_width_unit" type="QString" value="MM"/>
       </Option>
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value=""/>
         <Option name="properties" type="Map">
          <Option name="fillColor" type="Map">
           <Option name="active" type="bool" value="true"/>
           <Option name="expression" type="QString" value="if($id IS NULL, color_rgba(0, 0, 0, 0), color_rgba(69, 90, 100, 255 * (1 - (1 - if(&quot;uncertainty_m&quot; / max(0.02, cos(radians(y(centroid($geometry))))) / @map_scale * 1000 &gt; 39.69, 0.05, 0.16)) ^ (1.0 / if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, count(1, group_by:=concat(geom_to_wkt($geometry, 4), &quot;uncertainty_m&quot;)), 1)))))"/>
           <Option name="type" type="int" value="3"/>
          </Option>
          <Option name="outlineColor" type="Map">
           <Option name="active" type="bool" value="true"/>
           <Option name="expression" type="QString" value="if($id IS NULL, color_rgba(0, 0, 0, 0), color_rgba(69, 90, 100, 255 * (1 - (1 - 0.55) ^ (1.0 / if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, count(1, group_by:=concat(geom_to_wkt($geometry, 4), &quot;uncertainty_m&quot;)), 1)))))"/>
           <Option name="type" type="int" value="3"/>
          </Option>
         </Option>
         <Option name="type" type="QString" value="collection"/>
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="line_color" type="QString" value="69,90,100,140"/>
      <Option name="line_width" type="QString" value="0.26"/>
      <Option name="line_width_unit" type="QString" value="MM"/>
      <Option name="line_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="offset_unit" type="QString" value="MM"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="line" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,217"/>
      <Option name="line_width" type="QString" value="1.85"/>
      <Option name="line_width_unit" type="QString" value="MM"/>
      <Option name="line_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="offset_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="line_color" type="QString" value="69,90,100,255"/>
      <Option name="line_width" type="QString" value="1.06"/>
      <Option name="line_width_unit" type="QString" value="MM"/>
      <Option name="line_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="offset_unit" type="QString" value="MM"/>
      <Option name="capstyle" type="QString" value="flat"/>
      <Option name="use_custom_dash" type="QString" value="1"/>
      <Option name="customdash" type="QString" value="2.38;1.32"/>
      <Option name="customdash_unit" type="QString" value="MM"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value=""/>
       <Option name="properties" type="Map">
        <Option name="offset" type="Map">
         <Option name="active" type="bool" value="true"/>
         <Option name="expression" type="QString" value="with_variable(&apos;n&apos;, if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 7, ceil(@n / 2.0) * if(@n % 2 = 1, 1, -1)) * 1.85 * if(x(end_point($geometry)) &lt; x(start_point($geometry)), -1, 1)"/>
         <Option name="type" type="int" value="3"/>
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection"/>
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="concat( if(&quot;undirected&quot; OR &quot;count&quot; &gt; 1 OR coalesce(&quot;route_text&quot;, &apos;&apos;) NOT LIKE &apos;%→%&apos;, &quot;title&quot;, concat(&apos;No. &apos; || &quot;ordinal&quot; || &apos; · &apos;, &quot;date&quot; || &apos; · &apos;, regexp_replace(&quot;route_text&quot;, &apos; → .* → &apos;, &apos; → … → &apos;))), &apos;\n&apos;, if(&quot;title_ar&quot; LIKE &apos;%: %&apos;, concat(&apos;رقم &apos; || &quot;ordinal&quot; || &apos; · &apos;, regexp_substr(&quot;title_ar&quot;, &apos;: (.*)$&apos;)), &quot;title_ar&quot;))" isExpression="1" fontFamily="Noto Sans" namedStyle="Regular" fontItalic="0" fontWeight="50" fontSize="8.5" fontSizeUnit="Point" textColor="32,38,44,255" textOpacity="1" multilineHeight="0.9" allowHtml="0">
    <families>
     <family name="Noto Sans"/>
     <family name="Noto Sans Arabic"/>
     <family name="Segoe UI"/>
     <family name="Geeza Pro"/>
     <family name="Arial"/>
    </families>
    <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230" bufferOpacity="1" bufferJoinStyle="128"/>
   </text-style>
   <text-format wrapChar="" autoWrapLength="60" useMaxLineLengthForAutoWrap="1" multilineAlign="1"/>
   <placement placement="6" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" dist="4.5" distUnits="MM" offsetUnits="MM" fitInPolygonOnly="0" geometryGeneratorEnabled="1" geometryGeneratorType="PointGeometry" geometryGenerator="line_interpolate_point($geometry, length($geometry) * (0.25 + (if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, max(0, array_find(array_agg(&quot;id&quot;, group_by:=coalesce(&quot;road&quot;, &quot;route&quot;), order_by:=coalesce(&quot;time_start&quot;, &quot;time_end&quot;)), &quot;id&quot;)), 0) % 3) * 0.25))"/>
   <rendering drawLabels="1" displayAll="0" obstacle="1" obstacleFactor="1" scaleVisibility="1" scaleMin="0" scaleMax="3000000"/>
   <dd_properties>
    <Option type="Map">
     <Option name="name" type="QString" value=""/>
     <Option name="properties" type="Map">
      <Option name="Priority" type="Map">
       <Option name="active" type="bool" value="true"/>
       <Option name="expression" type="QString" value="7"/>
       <Option name="type" type="int" value="3"/>
      </Option>
      <Option name="Color" type="Map">
       <Option name="active" type="bool" value="true"/>
       <Option name="expression" type="QString" value="CASE WHEN (array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;) AND array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Turkey&apos;)) THEN &apos;#7b2d8e&apos; WHEN (array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;)) AND NOT (array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;) AND array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Turkey&apos;)) THEN &apos;#c62828&apos; WHEN (array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Turkey&apos;)) AND NOT (array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;) AND array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Turkey&apos;)) AND NOT (array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;)) THEN &apos;#1565c0&apos; WHEN NOT (array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;) AND array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Turkey&apos;)) AND NOT (array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Russia&apos;)) AND NOT (array_contains(string_to_array(coalesce(&quot;actors&quot;, &apos;&apos;), &apos;; &apos;), &apos;Turkey&apos;)) THEN &apos;#455a64&apos; END"/>
       <Option name="type" type="int" value="3"/>
      </Option>
     </Option>
     <Option name="type" type="QString" value="collection"/>
    </Option>
   </dd_properties>
  </settings>
 </labeling>
 <fieldConfiguration>
  <field name="kind" configurationFlags="None">
   <editWidget type="Hidden">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="title" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="description" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="title_ar" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="article_id" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="source" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="url" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="published" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="evidence" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="evidence_offset" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="evidence_length" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="confidence" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="geometry_quality" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="uncertainty_m" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="date" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="date_end" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="date_precision" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="date_partial" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="weekday" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="date_text" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="time_start" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="time_end" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="time_text" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="time_precision" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="time_zone" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="ordinal" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="ordinal_text" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="counter" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="count" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="actors" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="road" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="route" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="route_surfaces" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="route_text" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="planned_route" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="area" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="reverse" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="abbreviated" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="full" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="returned" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="undirected" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="modality" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="length_km" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="stated_length_km" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="series" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="attribution" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="event_key" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="provenance_json" configurationFlags="None">
   <editWidget type="Hidden">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias index="0" field="kind" name="Kind"/>
  <alias index="1" field="title" name="Title"/>
  <alias index="2" field="description" name="Description"/>
  <alias index="3" field="title_ar" name="Title (Arabic)"/>
  <alias index="4" field="article_id" name="Article id"/>
  <alias index="5" field="source" name="Source"/>
  <alias index="6" field="url" name="Address"/>
  <alias index="7" field="published" name="Published"/>
  <alias index="8" field="evidence" name="Evidence"/>
  <alias index="9" field="evidence_offset" name="Evidence offset"/>
  <alias index="10" field="evidence_length" name="Evidence length"/>
  <alias index="11" field="confidence" name="Confidence"/>
  <alias index="12" field="geometry_quality" name="Geometry quality"/>
  <alias index="13" field="uncertainty_m" name="Uncertainty (m)"/>
  <alias index="14" field="date" name="Date"/>
  <alias index="15" field="date_end" name="Date end"/>
  <alias index="16" field="date_precision" name="Date precision"/>
  <alias index="17" field="date_partial" name="Date partial"/>
  <alias index="18" field="weekday" name="Weekday"/>
  <alias index="19" field="date_text" name="Date text"/>
  <alias index="20" field="time_start" name="Time start"/>
  <alias index="21" field="time_end" name="Time end"/>
  <alias index="22" field="time_text" name="Time text"/>
  <alias index="23" field="time_precision" name="Time precision"/>
  <alias index="24" field="time_zone" name="Time zone"/>
  <alias index="25" field="ordinal" name="Ordinal"/>
  <alias index="26" field="ordinal_text" name="Ordinal text"/>
  <alias index="27" field="counter" name="Counter"/>
  <alias index="28" field="count" name="Count"/>
  <alias index="29" field="actors" name="Actors"/>
  <alias index="30" field="road" name="Road"/>
  <alias index="31" field="route" name="Route"/>
  <alias index="32" field="route_surfaces" name="Route surfaces"/>
  <alias index="33" field="route_text" name="Route text"/>
  <alias index="34" field="planned_route" name="Planned route"/>
  <alias index="35" field="area" name="Area"/>
  <alias index="36" field="reverse" name="Reverse"/>
  <alias index="37" field="abbreviated" name="Abbreviated"/>
  <alias index="38" field="full" name="Full"/>
  <alias index="39" field="returned" name="Returned"/>
  <alias index="40" field="undirected" name="Undirected"/>
  <alias index="41" field="modality" name="Modality"/>
  <alias index="42" field="length_km" name="Length (km)"/>
  <alias index="43" field="stated_length_km" name="Stated length (km)"/>
  <alias index="44" field="series" name="Series"/>
  <alias index="45" field="attribution" name="Attribution"/>
  <alias index="46" field="event_key" name="Event key"/>
  <alias index="47" field="provenance_json" name="Provenance (JSON)"/>
 </aliases>
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="&quot;time_start&quot;" sortOrder="0">
  <columns>
   <column type="field" name="kind" width="-1" hidden="1"/>
   <column type="field" name="title" width="-1" hidden="0"/>
   <column type="field" name="description" width="-1" hidden="0"/>
   <column type="field" name="title_ar" width="-1" hidden="0"/>
   <column type="field" name="article_id" width="-1" hidden="0"/>
   <column type="field" name="source" width="-1" hidden="0"/>
   <column type="field" name="url" width="-1" hidden="0"/>
   <column type="field" name="published" width="-1" hidden="0"/>
   <column type="field" name="evidence" width="-1" hidden="0"/>
   <column type="field" name="evidence_offset" width="-1" hidden="0"/>
   <column type="field" name="evidence_length" width="-1" hidden="0"/>
   <column type="field" name="confidence" width="-1" hidden="0"/>
   <column type="field" name="geometry_quality" width="-1" hidden="0"/>
   <column type="field" name="uncertainty_m" width="-1" hidden="0"/>
   <column type="field" name="date" width="-1" hidden="0"/>
   <column type="field" name="date_end" width="-1" hidden="0"/>
   <column type="field" name="date_precision" width="-1" hidden="0"/>
   <column type="field" name="date_partial" width="-1" hidden="0"/>
   <column type="field" name="weekday" width="-1" hidden="0"/>
   <column type="field" name="date_text" width="-1" hidden="0"/>
   <column type="field" name="time_start" width="-1" hidden="0"/>
   <column type="field" name="time_end" width="-1" hidden="0"/>
   <column type="field" name="time_text" width="-1" hidden="0"/>
   <column type="field" name="time_precision" width="-1" hidden="0"/>
   <column type="field" name="time_zone" width="-1" hidden="0"/>
   <column type="field" name="ordinal" width="-1" hidden="0"/>
   <column type="field" name="ordinal_text" width="-1" hidden="0"/>
   <column type="field" name="counter" width="-1" hidden="0"/>
   <column type="field" name="count" width="-1" hidden="0"/>
   <column type="field" name="actors" width="-1" hidden="0"/>
   <column type="field" name="road" width="-1" hidden="0"/>
   <column type="field" name="route" width="-1" hidden="0"/>
   <column type="field" name="route_surfaces" width="-1" hidden="0"/>
   <column type="field" name="route_text" width="-1" hidden="0"/>
   <column type="field" name="planned_route" width="-1" hidden="0"/>
   <column type="field" name="area" width="-1" hidden="0"/>
   <column type="field" name="reverse" width="-1" hidden="0"/>
   <column type="field" name="abbreviated" width="-1" hidden="0"/>
   <column type="field" name="full" width="-1" hidden="0"/>
   <column type="field" name="returned" width="-1" hidden="0"/>
   <column type="field" name="undirected" width="-1" hidden="0"/>
   <column type="field" name="modality" width="-1" hidden="0"/>
   <column type="field" name="length_km" width="-1" hidden="0"/>
   <column type="field" name="stated_length_km" width="-1" hidden="0"/>
   <column type="field" name="series" width="-1" hidden="0"/>
   <column type="field" name="attribution" width="-1" hidden="0"/>
   <column type="field" name="event_key" width="-1" hidden="0"/>
   <column type="field" name="provenance_json" width="-1" hidden="1"/>
  </columns>
 </attributetableconfig>
 <previewExpression>&quot;title&quot;</previewExpression>
 <mapTip enabled="1">&lt;div style=&quot;width:26em;font-family:sans-serif&quot;&gt;&lt;b&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;title&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/b&gt;&lt;div dir=&quot;rtl&quot; lang=&quot;ar&quot;&gt;&lt;b&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;title_ar&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/b&gt;&lt;/div&gt;&lt;p&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;description&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/p&gt;&lt;blockquote dir=&quot;auto&quot; style=&quot;margin:0.5em 0;padding:0.3em 0.6em;background:#f2efe6&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;evidence&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/blockquote&gt;&lt;table&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Date&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(concat(coalesce(&quot;date&quot; || &apos;&apos;, &quot;date_partial&quot;, &apos;until &apos; || &quot;date_end&quot;, &apos;not told&apos;), &apos; (&apos; || &quot;date_text&quot; || &apos;)&apos;), &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Said by&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;attribution&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Sure&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(round(&quot;confidence&quot; * 100) || &apos; %&apos;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Drawn&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(concat(&quot;geometry_quality&quot;, &apos;, within &apos; || round(&quot;uncertainty_m&quot; / 1000.0, 1) || &apos; km&apos;), &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Article&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(concat(&quot;source&quot; || &apos;, &apos;, &quot;article_id&quot;, &apos;, &apos; || &quot;published&quot;), &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Address&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% if(regexp_match(coalesce(&quot;url&quot;, &apos;&apos;), &apos;^https?://&apos;) = 1, &apos;&lt;a href=&quot;&apos; || replace(replace(replace(replace(replace(coalesce(&quot;url&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) || &apos;&quot;&gt;&apos; || replace(replace(replace(replace(replace(coalesce(&quot;url&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) || &apos;&lt;/a&gt;&apos;, replace(replace(replace(replace(replace(coalesce(&quot;url&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;)) %]&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;&lt;/div&gt;</mapTip>
</qgis>
